#include "analysis/analyze.h"
#include "tcpwhy/analyze.h"

namespace tcpwhy {
namespace {

/// Puts each diagnosis into words and hands it to the caller of read_capture().
class DescribingSink : public VerdictSink {
public:
    DescribingSink(const ReadOptions& options,
                   const std::function<void(const Verdict&)>& on_verdict)
        : how_{.exclusions = options.exclusions, .ladder = options.ladder},
          on_verdict_(on_verdict) {}

    void connection(const Judged& judged) override { on_verdict_(describe(judged, how_)); }
    void group(const VerdictGroup& group) override { groups_.push_back(group); }

    [[nodiscard]] std::vector<VerdictGroup> take_groups() { return std::move(groups_); }

private:
    DescribeOptions how_;
    const std::function<void(const Verdict&)>& on_verdict_;
    std::vector<VerdictGroup> groups_;
};

}  // namespace

Result<ReadSummary> read_capture(const std::string& path, const ReadOptions& options,
                                 const std::function<void(const Verdict&)>& on_verdict) {
    AnalysisOptions how;
    how.filter = options.filter;
    how.max_connections = options.max_connections;
    how.unordered = options.unordered;
    DescribingSink sink(options, on_verdict);
    auto whole = analyze_capture(path, how, sink);
    if (!whole) return tl::unexpected<Error>(std::move(whole.error()));

    ReadSummary summary;
    summary.format = whole->capture.format;
    summary.first_packet = whole->first_packet;
    summary.last_packet = whole->last_packet;
    summary.packets = whole->packets;
    summary.tcp_segments = whole->tcp_segments;
    summary.connections = whole->connections;
    summary.failed = whole->failed;
    summary.groups = sink.take_groups();
    summary.warnings = std::move(whole->capture.warnings);
    return summary;
}

}  // namespace tcpwhy
