// Any bytes as a capture file, through the whole engine into every report.
#include <fcntl.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "analysis/analyze.h"
#include "report/json.h"
#include "report/text.h"
#include "report/zeek.h"
#include "source/packet_source.h"

namespace {

/// Few, so that eviction and folding happen within an input's few packets.
constexpr std::uint32_t max_connections = 16;

/// Passes everything on to all reports.
class Everywhere : public tcpwhy::VerdictSink {
public:
    explicit Everywhere(std::vector<std::unique_ptr<tcpwhy::Report>>& reports)
        : reports_(reports) {}
    void connection(const tcpwhy::Judged& judged) override {
        (void)tcpwhy::describe(judged, {.exclusions = true, .ladder = true});
        for (auto& report : reports_) report->connection(judged);
    }
    void group(const tcpwhy::VerdictGroup& group) override {
        for (auto& report : reports_) report->group(group);
    }

private:
    std::vector<std::unique_ptr<tcpwhy::Report>>& reports_;
};

tcpwhy::Output& nowhere() {
    static tcpwhy::Output output(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    return output;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto source = tcpwhy::open_capture_bytes({data, size}, "input");
    if (!source) return 0;

    std::vector<std::unique_ptr<tcpwhy::Report>> reports;
    reports.push_back(tcpwhy::make_text_report(nowhere(), {}));
    reports.push_back(
        tcpwhy::make_json_report(nowhere(), {.ladder = true, .exclusions = true, .summary = true}));
    reports.push_back(tcpwhy::make_zeek_report(nowhere()));
    for (auto& report : reports) report->begin("input");

    Everywhere sink(reports);
    tcpwhy::AnalysisOptions options;
    options.max_connections = max_connections;
    options.unordered = size % 2 == 1;
    const auto summary = tcpwhy::analyze(**source, options, sink);
    for (auto& report : reports) {
        if (summary) report->end(*summary);
        report->finish();
    }
    return 0;
}
