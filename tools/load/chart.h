// Line charts as inline SVG: no script, no outside resource; colours come from the page's own
// style.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mitr::load {

struct ChartLine {
  std::string name;
  std::string colour;  ///< Name of a custom property of the page, as "--blue".
  std::vector<std::pair<double, double>> points;
};

struct Chart {
  std::string title;
  std::string about;   ///< A line under the title.
  std::string unit;    ///< Of the y axis, as "ms".
  std::string x_unit;  ///< As "s"; empty with `x_labels`.
  std::vector<ChartLine> lines;
  std::vector<std::string> x_labels;  ///< Instead of numbers: label of x = 0, 1, 2 …
  double band_from = 0;  ///< A shaded part of the x axis, as the measured window; none if empty.
  double band_to = 0;
  bool filled = false;  ///< Area under the first line.
};

/// A <figure> with title, legend and drawing.
std::string draw(const Chart& chart);
/// A number with at most three digits of weight: "0.25", "31.2", "4,812".
std::string short_number(double value);
/// For HTML text and attributes.
std::string escaped(std::string_view text);

}  // namespace mitr::load
