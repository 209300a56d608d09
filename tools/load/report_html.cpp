// The report as one page. Colours are custom properties with a light and a dark set, so that charts
// and text follow the reader's choice.
#include <array>
#include <cstdio>
#include <utility>

#include "tools/load/chart.h"
#include "tools/load/report.h"

namespace mitr::load {
namespace {

constexpr std::string_view kStyle = R"(
:root{--page:#f6f7f9;--card:#fff;--ink:#1b2430;--soft:#5b6878;--line:#e2e6ec;--good:#0b7a53;--bad:#b42318;
--warn:#8a5a00;--blue:#2563c9;--orange:#c2570c;--green:#0b8a62;--violet:#7a4fd0;--band:#2563c90d;
color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--page:#12161c;--card:#1a2028;--ink:#e6ebf2;--soft:#9aa7b8;
--line:#2c3542;
--good:#4cc796;--bad:#ff8a7a;--warn:#e3b341;--blue:#78a9ff;--orange:#f2995c;--green:#4cc796;
--violet:#b79cf5;
--band:#78a9ff12}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);
font:15px/1.45 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:1180px;margin:0 auto;padding:28px 20px 48px}
header{display:flex;flex-wrap:wrap;gap:6px 16px;align-items:baseline;margin-bottom:4px}
h1{font-size:24px;margin:0;letter-spacing:-.01em}
h2{font-size:16px;margin:32px 0 10px}
.verdict{font-weight:650;font-size:14px;padding:2px 11px;border-radius:99px;border:1.5px solid currentColor}
.pass{color:var(--good)}.fail{color:var(--bad)}
.about{color:var(--soft);margin:0 0 20px;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(230px,100%),1fr));gap:12px}
.tile,figure,.table{background:var(--card);border:1px solid var(--line);border-radius:10px}
.tile{padding:12px 14px}
.tile span{display:block;color:var(--soft);font-size:13px}
.tile b{font-size:23px;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.02em}
.tile small{color:var(--soft);font-size:13px;margin-left:4px}
.notes{border-left:3px solid var(--warn);padding:2px 0 2px 14px;margin:18px 0;list-style:none}
.notes.bad{border-color:var(--bad)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(440px,100%),1fr));gap:14px}
figure{margin:0;padding:14px 16px 8px}
figcaption b{display:block}
figcaption span{color:var(--soft);font-size:13px}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;margin:8px 0 2px}
.legend i{display:inline-block;width:14px;height:3px;border-radius:2px;margin-right:6px;
vertical-align:middle}
.legend .unit{color:var(--soft);margin-left:auto}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}
.grid{stroke:var(--line);stroke-width:1}.band{fill:var(--band)}
.line{fill:none;stroke-width:2;stroke-linejoin:round}.area{opacity:.13}
.dot{opacity:0}.dot:hover,.seen{opacity:1}
.tables{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(420px,100%),1fr));gap:14px;
align-items:start}
.table{padding:6px 16px 10px;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:650;padding:8px 0 4px}
th,td{text-align:right;padding:4px 0 4px 12px;border-top:1px solid var(--line);font-weight:400;
white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0;color:var(--soft)}
tr.head th{color:var(--soft);font-size:13px;border-top:0}
td.bad{color:var(--bad);font-weight:650}
)";

using Row = std::vector<std::string>;

std::string ms(double us) {
  return short_number(us / 1e3);
}

std::string table(std::string_view caption, const Row& head, const std::vector<Row>& rows) {
  std::string out = "<div class=\"table\"><table><caption>" + escaped(caption) + "</caption>";
  if (!head.empty()) {
    out += "<tr class=\"head\">";
    for (const auto& cell : head) out += "<th>" + escaped(cell) + "</th>";
    out += "</tr>";
  }
  for (const auto& row : rows) {
    out += "<tr>";
    for (const auto& cell : row) out += "<td>" + escaped(cell) + "</td>";
    out += "</tr>";
  }
  return out + "</table></div>\n";
}

std::string tile(std::string_view name, const std::string& value, std::string_view unit) {
  return "<div class=\"tile\"><span>" + escaped(name) + "</span><b>" + escaped(value) +
         "</b><small>" + escaped(unit) + "</small></div>\n";
}

std::string tiles(const LoadReport& report) {
  const Reading& r = report.reading;
  std::string out = "<div class=\"tiles\">\n";
  out += tile("Throughput", short_number(report.turns_per_s), "turns/s");
  out += tile("Reply, median", ms(r.reply.p50), "ms");
  out += tile("Reply, p99", ms(r.reply.p99), "ms");
  out += tile("Acknowledgement, p99", ms(r.ack.p99), "ms");
  if (report.cpu_known)
    out += tile("Server CPU", short_number(report.server.us_per_turn), "µs a turn");
  if (report.cpu_known)
    out += tile("Database CPU", short_number(report.database.us_per_turn), "µs a turn");
  out += tile("Replies verified", short_number(static_cast<double>(r.counts.replies)),
              "of " + short_number(static_cast<double>(r.counts.turns)));
  out += tile("Faults", short_number(static_cast<double>(r.counts.faults_total())), "");
  return out + "</div>\n";
}

Chart percentile_chart(const LoadReport& report) {
  Chart chart{.title = "Latency by percentile",
              .about = "Counted from the moment a turn was due",
              .unit = "ms",
              .x_unit = {},
              .lines = {},
              .x_labels = {"p50", "p90", "p99", "p99.9", "p99.99", "max"}};
  const auto line = [](std::string name, std::string colour, const Percentiles& p) {
    ChartLine out{std::move(name), std::move(colour), {}};
    double x = 0;
    for (const double us : {p.p50, p.p90, p.p99, p.p999, p.p9999, p.max})
      out.points.emplace_back(x++, us / 1e3);
    return out;
  };
  chart.lines.push_back(line("reply", "--blue", report.reading.reply));
  chart.lines.push_back(line("acknowledgement", "--orange", report.reading.ack));
  return chart;
}

Chart over_time(const LoadReport& report, std::string title, std::string about, std::string unit) {
  Chart chart;
  chart.title = std::move(title);
  chart.about = std::move(about);
  chart.unit = std::move(unit);
  chart.x_unit = "s";
  chart.band_from = report.warmup_s;
  chart.band_to = report.warmup_s + report.measured_s;
  return chart;
}

template <class Value>
ChartLine series(const LoadReport& report, std::string name, std::string colour,
                 Value Sample::*value) {
  ChartLine out{std::move(name), std::move(colour), {}};
  for (const Sample& sample : report.samples) {
    out.points.emplace_back(sample.at_s, static_cast<double>(sample.*value));
  }
  return out;
}

std::string charts(const LoadReport& report) {
  auto throughput =
      over_time(report, "Throughput", "Right replies a second; shaded: measured", "turns/s");
  throughput.filled = true;
  throughput.lines.push_back(series(report, "replies", "--green", &Sample::turns_per_s));
  auto latency =
      over_time(report, "Latency over time", "Of the turns that ended in each interval", "ms");
  latency.lines.push_back(series(report, "reply p99", "--violet", &Sample::reply_p99_ms));
  latency.lines.push_back(series(report, "reply p50", "--blue", &Sample::reply_p50_ms));
  latency.lines.push_back(series(report, "acknowledgement p99", "--orange", &Sample::ack_p99_ms));
  auto cpu = over_time(report, "CPU", "Cores in use", "cores");
  if (report.cpu_known) {
    cpu.lines.push_back(series(report, "server", "--blue", &Sample::server_cores));
    cpu.lines.push_back(series(report, "database", "--orange", &Sample::database_cores));
  }
  cpu.lines.push_back(series(report, "this driver", "--green", &Sample::driver_cores));
  auto people = over_time(report, "People and turns in flight",
                          "Dialogues begun and not over; turns without a reply", "");
  people.lines.push_back(series(report, "people at once", "--violet", &Sample::at_once));
  people.lines.push_back(series(report, "turns in flight", "--blue", &Sample::in_flight));
  std::string out = "<div class=\"charts\">\n" + draw(percentile_chart(report)) + draw(throughput) +
                    draw(latency) + draw(cpu) + draw(people);
  if (report.memory.known) {
    auto memory = over_time(report, "Server memory", "Resident, without the database", "MB");
    memory.filled = true;
    memory.lines.push_back(series(report, "resident", "--violet", &Sample::rss_mb));
    out += draw(memory);
  }
  return out + "</div>\n";
}

Row latency_row(std::string name, const Percentiles& p) {
  return {std::move(name), ms(p.p50), ms(p.p90), ms(p.p99), ms(p.p999), ms(p.max), ms(p.mean)};
}

std::string number(std::uint64_t value) {
  return short_number(static_cast<double>(value));
}

std::string fault_table(const Counts& c) {
  std::string out = "<div class=\"table\"><table><caption>Verification</caption>";
  const auto row = [&](std::string_view name, std::uint64_t value, bool bad) {
    out += "<tr><td>" + escaped(name) + "</td><td" + (bad ? " class=\"bad\"" : "") + ">" +
           number(value) + "</td></tr>";
  };
  row("turns said", c.turns, false);
  row("acknowledged with 200", c.accepted, c.accepted != c.turns);
  row("right replies, each once", c.replies, c.replies != c.turns);
  for (std::size_t i = 0; i < kFaults; ++i) {
    std::string name(to_string(static_cast<Fault>(i)));
    for (char& letter : name) letter = letter == '_' ? ' ' : letter;
    row(name, c.faults[i], c.faults[i] > 0);
  }
  row("webhooks repeated", c.repeats, false);
  row("bad signatures, of which refused", c.forgeries, false);
  row("refused with 401", c.forgeries_refused, c.forgeries_refused != c.forgeries);
  return out + "</table></div>\n";
}

std::string tables(const LoadReport& report) {
  const Reading& r = report.reading;
  std::string out = "<div class=\"tables\">\n";
  out += table("Latency, ms", {"", "p50", "p90", "p99", "p99.9", "max", "mean"},
               {latency_row("reply", r.reply), latency_row("acknowledged", r.ack),
                latency_row("waited to send", r.lateness)});
  out += fault_table(r.counts);
  std::vector<Row> cost;
  const auto share = [&](const char* name, const CpuShare& cpu) {
    cost.push_back({name, short_number(cpu.us_per_turn), short_number(cpu.cores)});
  };
  if (report.cpu_known) {
    share("server", report.server);
    share("database", report.database);
  }
  share("this driver", report.driver);
  cost.push_back({"rest of the machine", "", short_number(report.others_cores)});
  cost.push_back({"driver's thread busy", short_number(report.driver_busy * 100) + " %", ""});
  out += table("CPU", {"", "µs a turn", "cores"}, cost);
  if (report.memory.known) {
    const Memory& m = report.memory;
    const auto each = [](double bytes) {
      return bytes < 0 ? std::string("–") : short_number(bytes / 1024) + " kB";
    };
    out += table("Server memory", {},
                 {{"before", short_number(m.before_mb) + " MB"},
                  {"at the end", short_number(m.end_mb) + " MB"},
                  {"settled", short_number(m.settled_mb) + " MB"},
                  {"peak", short_number(m.peak_mb) + " MB"},
                  {"a live conversation", each(m.per_live_bytes)},
                  {"a parked conversation", each(m.per_parked_bytes)}});
  }
  const Plan& p = report.plan;
  out += table("The run", {},
               {{"profile", p.profile},
                {"people", number(r.counts.dialogues) + " begun, " + number(r.counts.completed) +
                               " completed"},
                {p.rate > 0 ? "peak rate" : "people at once",
                 p.rate > 0 ? short_number(p.rate) + " turns/s" : number(p.at_once)},
                {"messages ahead", number(p.ahead)},
                {"repeats, forgeries", short_number(p.repeats) + ", " + short_number(p.forgeries)},
                {"Graph answers after", std::to_string(p.graph_delay.count()) + " ms"},
                {"numbers written to", number(report.numbers)},
                {"first phone", "base " + std::to_string(report.base)}});
  return out + "</div>\n";
}

std::string notes(const std::vector<std::string>& lines, bool bad) {
  if (lines.empty()) return {};
  std::string out = bad ? "<ul class=\"notes bad\">" : "<ul class=\"notes\">";
  for (const auto& line : lines) out += "<li>" + escaped(line) + "</li>";
  return out + "</ul>\n";
}

}  // namespace

std::string render_html(const LoadReport& report) {
  const bool ok = passed(report);
  std::string scripts;
  for (const auto& script : report.scripts) scripts += (scripts.empty() ? "" : ", ") + script;
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>mitr load: " +
      escaped(report.plan.profile) + "</title><style>";
  out += kStyle;
  out += "</style></head><body><main>\n<header><h1>Load: " + escaped(report.plan.profile) +
         "</h1><span class=\"verdict " + (ok ? "pass\">every reply right" : "fail\">failed") +
         "</span></header>\n";
  out += "<p class=\"about\">" + escaped(report.target) + " · " + escaped(report.started) + " · " +
         short_number(report.measured_s) + " s measured · " + escaped(scripts) + "</p>\n";
  out += tiles(report) + notes(report.faults, true) + notes(cautions(report), false);
  out += "<h2>Charts</h2>\n" + charts(report) + "<h2>Figures</h2>\n" + tables(report);
  return out + "</main></body></html>\n";
}

}  // namespace mitr::load
