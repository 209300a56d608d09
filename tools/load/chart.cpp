#include "tools/load/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace mitr::load {
namespace {

constexpr double kWidth = 560, kHeight = 230;
constexpr double kLeft = 52, kRight = 14, kTop = 12, kBottom = 28;
constexpr double kLogFrom = 40;  // Values this many times apart are drawn on a logarithmic axis.

std::string fixed(double value, int places) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.*f", places, value);
  return text.data();
}

/// 1, 2 or 5 times a power of ten, so that about `steps` of them fit.
double nice_step(double range, int steps) {
  const double raw = range / steps;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw) return factor * power;
  }
  return 10 * power;
}

/// Where values lie in the drawing.
class Scale {
 public:
  explicit Scale(const Chart& chart) {
    double least = 0;
    for (const auto& line : chart.lines) {
      for (const auto& [x, y] : line.points) {
        x_max_ = std::max(x_max_, x);
        y_max_ = std::max(y_max_, y);
        if (y > 0 && (least == 0 || y < least)) least = y;
      }
    }
    if (!chart.x_labels.empty())
      x_max_ = std::max(1.0, static_cast<double>(chart.x_labels.size()) - 1);
    if (x_max_ <= 0) x_max_ = 1;
    if (y_max_ <= 0) y_max_ = 1;
    log_ = !chart.x_labels.empty() && least > 0 && y_max_ / least > kLogFrom;
    if (log_) {
      y_min_ = std::pow(10, std::floor(std::log10(least)));
      y_max_ = std::pow(10, std::ceil(std::log10(y_max_)));
    } else {
      step_ = nice_step(y_max_, 4);
      y_max_ = std::ceil(y_max_ / step_ * 1.02) * step_;
    }
  }
  double x(double value) const {
    return kLeft + (kWidth - kLeft - kRight) * std::clamp(value / x_max_, 0.0, 1.0);
  }
  double y(double value) const {
    const double part = log_
                            ? std::log(std::max(value, y_min_) / y_min_) / std::log(y_max_ / y_min_)
                            : value / y_max_;
    return kHeight - kBottom - (kHeight - kTop - kBottom) * std::clamp(part, 0.0, 1.0);
  }
  std::vector<double> y_ticks() const {
    std::vector<double> out;
    if (log_) {
      for (double at = y_min_; at <= y_max_ * 1.001; at *= 10) out.push_back(at);
    } else {
      for (int i = 0; i * step_ <= y_max_ * 1.001; ++i) out.push_back(i * step_);
    }
    return out;
  }
  std::vector<double> x_ticks() const {
    std::vector<double> out;
    const double step = nice_step(x_max_, 6);
    for (int i = 0; i * step <= x_max_ * 1.001; ++i) out.push_back(i * step);
    return out;
  }

 private:
  double x_max_ = 0, y_min_ = 0, y_max_ = 0, step_ = 1;
  bool log_ = false;
};

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return "<text x=\"" + fixed(x, 1) + "\" y=\"" + fixed(y, 1) + "\" text-anchor=\"" +
         std::string(anchor) + "\">" + escaped(text) + "</text>";
}

std::string axes(const Chart& chart, const Scale& scale) {
  std::string out;
  for (const double tick : scale.y_ticks()) {
    const auto y = fixed(scale.y(tick), 1);
    out += "<line class=\"grid\" x1=\"";
    out += fixed(kLeft, 0);
    out += "\" x2=\"";
    out += fixed(kWidth - kRight, 0);
    for (const char* end : {"\" y1=\"", "\" y2=\""}) {
      out += end;
      out += y;
    }
    out += "\"/>";
    out += text_at(kLeft - 7, scale.y(tick) + 4, "end", short_number(tick));
  }
  const double base = kHeight - 8;
  if (chart.x_labels.empty()) {
    const auto ticks = scale.x_ticks();
    for (const double tick : ticks) {
      const bool last = tick == ticks.back();
      out += text_at(scale.x(tick), base, "middle",
                     short_number(tick) + (last ? " " + chart.x_unit : ""));
    }
  }
  for (std::size_t i = 0; i < chart.x_labels.size(); ++i) {
    const auto anchor = i == 0 ? "start" : i + 1 == chart.x_labels.size() ? "end" : "middle";
    out += text_at(scale.x(static_cast<double>(i)), base, anchor, chart.x_labels[i]);
  }
  return out;
}

std::string line_of(const ChartLine& line, const Scale& scale, bool filled) {
  if (line.points.empty()) return {};
  std::string path;
  for (const auto& [x, y] : line.points) {
    path += (path.empty() ? "M" : "L") + fixed(scale.x(x), 1) + " " + fixed(scale.y(y), 1);
  }
  std::string out;
  if (filled) {
    const auto floor = fixed(kHeight - kBottom, 1);
    out += "<path class=\"area\" style=\"fill:var(" + line.colour + ")\" d=\"" + path + "L" +
           fixed(scale.x(line.points.back().first), 1) + " " + floor + "L" +
           fixed(scale.x(line.points.front().first), 1) + " " + floor + "Z\"/>";
  }
  return out + "<path class=\"line\" style=\"stroke:var(" + line.colour + ")\" d=\"" + path +
         "\"/>";
}

/// A dot a point, which shows its value when it is pointed at.
std::string dots_of(const Chart& chart, const ChartLine& line, const Scale& scale) {
  std::string out;
  for (const auto& [x, y] : line.points) {
    const auto at =
        chart.x_labels.empty()
            ? short_number(x) + " " + chart.x_unit
            : chart.x_labels[std::min(static_cast<std::size_t>(x), chart.x_labels.size() - 1)];
    out += "<circle class=\"" + std::string(chart.x_labels.empty() ? "dot" : "dot seen") +
           "\" style=\"fill:var(" + line.colour + ")\" cx=\"" + fixed(scale.x(x), 1) + "\" cy=\"" +
           fixed(scale.y(y), 1) + "\" r=\"4\"><title>" +
           escaped(line.name + ", " + at + ": " + short_number(y) + " " + chart.unit) +
           "</title></circle>";
  }
  return out;
}

}  // namespace

std::string short_number(double value) {
  const double size = std::abs(value);
  if (size >= 1000) {
    auto digits = fixed(value, 0);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (value < 0 ? 1 : 0);
         at -= 3) {
      digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
  }
  auto text = fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string draw(const Chart& chart) {
  const Scale scale(chart);
  std::string out = "<figure><figcaption><b>" + escaped(chart.title) + "</b><span>" +
                    escaped(chart.about) + "</span></figcaption><div class=\"legend\">";
  for (const auto& line : chart.lines) {
    out += "<span><i style=\"background:var(" + line.colour + ")\"></i>" + escaped(line.name) +
           "</span>";
  }
  out += "<span class=\"unit\">" + escaped(chart.unit) + "</span></div>";
  out += "<svg viewBox=\"0 0 " + fixed(kWidth, 0) + " " + fixed(kHeight, 0) +
         "\" role=\"img\" aria-label=\"" + escaped(chart.title) + "\">";
  if (chart.band_to > chart.band_from) {
    const double from = scale.x(chart.band_from), to = scale.x(chart.band_to);
    out += "<rect class=\"band\" x=\"" + fixed(from, 1) + "\" y=\"" + fixed(kTop, 0) +
           "\" width=\"" + fixed(to - from, 1) + "\" height=\"" +
           fixed(kHeight - kTop - kBottom, 0) + "\"/>";
  }
  out += axes(chart, scale);
  bool first = true;
  for (const auto& line : chart.lines)
    out += line_of(line, scale, std::exchange(first, false) && chart.filled);
  for (const auto& line : chart.lines) out += dots_of(chart, line, scale);
  return out + "</svg></figure>\n";
}

}  // namespace mitr::load
