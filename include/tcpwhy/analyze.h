// From a capture file to one verdict per TCP connection, in one call.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tcpwhy/result.h"
#include "tcpwhy/time.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// How a capture is to be read.
struct ReadOptions {
    /// An expression of the libpcap filter language ("host 192.0.2.1 and port 80"); empty = all.
    std::string filter;
    /// Connections held in memory at a time. Beyond it the oldest idle ones are judged early, and
    /// handshakes that never complete are folded into groups. REQUIRES: at least 1.
    std::uint32_t max_connections = 1'000'000;
    /// Give each verdict when its connection ends, not in the order of their starts: less memory.
    bool unordered = false;
    /// Fill Verdict::excluded: why each other cause is ruled out.
    bool exclusions = false;
    /// Fill Verdict::ladder: the decisive packets, a line of text each.
    bool ladder = false;
};

/// What can be said of the capture as a whole.
struct ReadSummary {
    std::string format;  ///< "pcap", "pcapng, gzip", …
    Timestamp first_packet{};
    Timestamp last_packet{};
    std::uint64_t packets = 0;  ///< all that were read, whatever they carry
    std::uint64_t tcp_segments = 0;
    std::uint64_t connections = 0;     ///< verdicts given, members of groups not counted
    std::uint64_t failed = 0;          ///< those for which Verdict::failed() holds
    std::vector<VerdictGroup> groups;  ///< connections folded to stay within memory
    /// Damage in the file, in file order, each with its byte offset. Reading went on where it
    /// could.
    std::vector<std::string> warnings;
};

/// Reads the capture at `path` ("-" is standard input) and calls `on_verdict` once per connection,
/// from this thread. pcap and pcapng, plain or compressed with gzip, zstd or lz4; told by content.
/// Errors: not_found, permission, io; corrupt when it is no capture; usage for a bad filter.
/// A capture that is cut off or damaged is no error: see ReadSummary::warnings.
[[nodiscard]] Result<ReadSummary> read_capture(
    const std::string& path, const ReadOptions& options,
    const std::function<void(const Verdict&)>& on_verdict);

}  // namespace tcpwhy
