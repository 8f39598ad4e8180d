// The whole way from a capture to its verdicts.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "cause/diagnose.h"
#include "source/packet_source.h"
#include "tcpwhy/result.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// How a capture is to be read.
struct AnalysisOptions {
    std::string filter;                         ///< libpcap filter expression; empty = everything
    std::uint32_t max_connections = 1'000'000;  ///< open and waiting ones together
    bool unordered = false;                     ///< verdicts as connections end, not by their start
    /// Called now and then with how far reading is; returning false stops it (Ctrl-C).
    std::function<bool(const Progress&, std::uint64_t packets)> on_progress;
};

/// What can be said of a capture as a whole.
struct CaptureSummary {
    CaptureInfo capture;
    bool interrupted = false;
    Timestamp first_packet{};
    Timestamp last_packet{};
    std::uint64_t packets = 0;
    std::uint64_t tcp_segments = 0;
    std::uint64_t icmp_errors = 0;
    std::uint64_t neighbor_messages = 0;
    std::uint64_t other_ip_packets = 0;
    std::uint64_t not_ip_packets = 0;
    std::uint64_t encrypted_frames = 0;
    std::uint64_t malformed_packets = 0;
    std::uint64_t unknown_link_packets = 0;
    std::uint16_t unknown_link_type = 0;  ///< the first one met
    std::uint64_t incomplete_fragments = 0;
    std::uint64_t connections = 0;  ///< verdicts given, groups' members not counted
    std::uint64_t failed = 0;       ///< …whose outcome is neither ok nor open
    std::uint64_t folded = 0;       ///< connections in groups
    std::uint64_t evicted = 0;      ///< judged before their end to stay within max_connections
    // Capture quality.
    std::uint64_t midstream = 0;        ///< connections without their SYN
    std::uint64_t one_direction = 0;    ///< connections of which one side is missing
    std::uint64_t copies = 0;           ///< packets that were captured twice and set aside
    std::uint64_t larger_than_mtu = 0;  ///< segments that offload merged
    std::uint64_t bad_checksums = 0;    ///< usually offload at the capturing host
    std::uint64_t cut_headers = 0;      ///< TCP headers cut by the snaplen
    std::uint64_t acked_unseen =
        0;  ///< connections with acknowledged bytes that are not in the capture
    std::uint64_t time_backwards = 0;  ///< packets with a time before their predecessor's
};

/// Receives the results of one capture, in order.
class VerdictSink {
public:
    virtual ~VerdictSink() = default;
    virtual void connection(const Judged& judged) = 0;
    virtual void group(const VerdictGroup& group) = 0;
};

/// Reads a whole capture and gives every connection's verdict to `sink`.
/// Errors: as open_capture(). Damage within a capture is a warning in the summary's `capture`.
[[nodiscard]] Result<CaptureSummary> analyze_capture(const std::string& path,
                                                     const AnalysisOptions& options,
                                                     VerdictSink& sink);

/// The same from a source that is already open.
[[nodiscard]] Result<CaptureSummary> analyze(PacketSource& source, const AnalysisOptions& options,
                                             VerdictSink& sink);

}  // namespace tcpwhy
