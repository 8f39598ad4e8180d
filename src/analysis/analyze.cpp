#include "analysis/analyze.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "analysis/groups.h"
#include "connection/table.h"
#include "packet/decode.h"

namespace tcpwhy {

namespace {

// Enough to hide the latency of memory behind decoding, few enough to stay in the first cache.
constexpr std::size_t batch_size = 32;
constexpr std::uint64_t packets_per_progress = 1U << 16;
// What 32 bits of seconds can say, 1970 to 2106. A pcapng may claim any time; within these bounds
// twice the distance between any two times still fits into a Duration.
constexpr Timestamp earliest{};
constexpr Timestamp latest{std::chrono::seconds(0xffffffffU)};

/// Judges each connection as the table lets it go.
class Judge : public EvidenceSink {
public:
    Judge(std::string vantage, VerdictSink& sink, CaptureSummary& summary)
        : vantage_(std::move(vantage)), sink_(sink), summary_(summary), groups_(vantage_) {}

    void evidence(const Evidence& e) override {
        const Diagnosis diagnosis = diagnose(e);
        const Judged judged{e, diagnosis, vantage_};
        const Outcome outcome = diagnosis.cause->outcome;
        const bool failed = outcome != Outcome::ok && outcome != Outcome::open;
        if (e.quality.evicted && !e.established && groups_.add(judged)) {
            ++summary_.folded;
            return;
        }
        ++summary_.connections;
        if (failed) ++summary_.failed;
        sink_.connection(judged);
    }
    void finish() {
        for (const VerdictGroup& group : groups_.all()) sink_.group(group);
    }

private:
    std::string vantage_;
    VerdictSink& sink_;
    CaptureSummary& summary_;
    VerdictGroups groups_;
};

/// One capture on its way through decoding and the table.
class Analysis {
public:
    Analysis(PacketSource& source, const AnalysisOptions& options, VerdictSink& sink)
        : source_(source),
          options_(options),
          judge_(source.info().name, sink, summary_),
          table_(options.max_connections, options.unordered, judge_) {}

    [[nodiscard]] Result<CaptureSummary> run() {
        Result<std::size_t> read = next_batch();
        while (read && *read > 0 && keep_going()) {
            take_batch(*read);
            read = next_batch();
        }
        if (source_.info().dropped_by_capture != 0) table_.note_dropped_packets();
        table_.finish();
        judge_.finish();
        fill_summary();
        if (!read) summary_.capture.warnings.push_back(read.error().to_string());
        return summary_;
    }

private:
    [[nodiscard]] Result<std::size_t> next_batch() { return source_.next(raw_); }

    [[nodiscard]] bool keep_going() {
        if (!options_.on_progress || summary_.packets < next_progress_) return true;
        next_progress_ = summary_.packets + packets_per_progress;
        if (options_.on_progress(source_.progress(), summary_.packets)) return true;
        summary_.interrupted = true;
        return false;
    }

    void take_batch(std::size_t count) {
        for (std::size_t at = 0; at < count; ++at) {
            raw_[at].time = std::clamp(raw_[at].time, earliest, latest);
            decode(raw_[at], fragments_, decoded_[at]);
            if (decoded_[at].kind != PacketKind::segment) continue;
            hashes_[at] = table_.hash_of(decoded_[at].segment);
            table_.prefetch_slot(decoded_[at].segment, hashes_[at]);
        }
        for (std::size_t at = 0; at < count; ++at) {
            if (decoded_[at].kind == PacketKind::segment) table_.prefetch_connection(hashes_[at]);
        }
        for (std::size_t at = 0; at < count; ++at) {
            count_time(raw_[at].time);
            take(raw_[at], decoded_[at], hashes_[at]);
        }
    }

    void count_time(Timestamp time) {
        if (summary_.packets++ == 0) {
            summary_.first_packet = time;
            summary_.last_packet = time;
        } else if (time < previous_time_) {
            ++summary_.time_backwards;
        }
        previous_time_ = time;
        summary_.first_packet = std::min(summary_.first_packet, time);
        summary_.last_packet = std::max(summary_.last_packet, time);
    }

    void take(const RawPacket& raw, const Decoded& decoded, std::uint64_t hash) {
        switch (decoded.kind) {
            case PacketKind::segment:
                ++summary_.tcp_segments;
                table_.segment(decoded.segment, hash);
                return;
            case PacketKind::icmp_error:
                ++summary_.icmp_errors;
                table_.icmp_error(decoded.icmp_error);
                return;
            case PacketKind::neighbor:
                ++summary_.neighbor_messages;
                table_.neighbor(decoded.neighbor);
                return;
            case PacketKind::other_ip:
                ++summary_.other_ip_packets;
                table_.other(decoded.other);
                return;
            case PacketKind::fragment:
                break;
            case PacketKind::not_ip:
                ++summary_.not_ip_packets;
                break;
            case PacketKind::encrypted:
                ++summary_.encrypted_frames;
                break;
            case PacketKind::malformed:
                ++summary_.malformed_packets;
                break;
            case PacketKind::unknown_link_type:
                if (summary_.unknown_link_packets++ == 0)
                    summary_.unknown_link_type = raw.link_type;
                break;
        }
        table_.passing_time(raw.time);
    }

    void fill_summary() {
        const TableCounts& counts = table_.counts();
        summary_.capture = source_.info();
        summary_.incomplete_fragments = fragments_.incomplete();
        summary_.evicted = counts.evicted;
        summary_.midstream = counts.midstream;
        summary_.one_direction = counts.one_direction;
        summary_.copies = counts.copies;
        summary_.larger_than_mtu = counts.larger_than_mtu;
        summary_.bad_checksums = counts.bad_checksums;
        summary_.cut_headers = counts.cut_headers;
        summary_.acked_unseen = counts.acked_unseen;
    }

    PacketSource& source_;
    const AnalysisOptions& options_;
    CaptureSummary summary_;
    Judge judge_;
    ConnectionTable table_;
    FragmentTable fragments_;
    std::array<RawPacket, batch_size> raw_;
    std::array<Decoded, batch_size> decoded_;
    std::array<std::uint64_t, batch_size> hashes_{};
    std::uint64_t next_progress_ = packets_per_progress;
    Timestamp previous_time_{};
};

}  // namespace

Result<CaptureSummary> analyze(PacketSource& source, const AnalysisOptions& options,
                               VerdictSink& sink) {
    const auto analysis = std::make_unique<Analysis>(source, options, sink);
    return analysis->run();
}

Result<CaptureSummary> analyze_capture(const std::string& path, const AnalysisOptions& options,
                                       VerdictSink& sink) {
    auto source = open_capture(path, options.filter);
    if (!source) return tl::unexpected<Error>(source.error());
    return analyze(**source, options, sink);
}

}  // namespace tcpwhy
