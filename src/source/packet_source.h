// Where packets come from.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "packet/raw_packet.h"
#include "tcpwhy/result.h"

namespace tcpwhy {

/// How many bytes of input have been consumed, for a progress line.
struct Progress {
    std::uint64_t bytes_read = 0;   ///< of the file as it lies on disk, compressed or not
    std::uint64_t bytes_total = 0;  ///< 0 = unknown (a pipe)
};

/// What a capture says about itself, complete once the last packet has been read.
struct CaptureInfo {
    std::string name;    ///< the file's name, or "-"
    std::string format;  ///< "pcap", "pcap (nanoseconds)", "pcapng", with ", gzip" and so on
    std::uint32_t interfaces = 0;
    std::uint64_t packets = 0;       ///< packets delivered
    std::uint64_t filtered_out = 0;  ///< packets that --filter left out
    /// What the capturing program says it lost (pcapng statistics).
    std::uint64_t dropped_by_capture = 0;
    std::uint64_t cut_by_snaplen = 0;  ///< packets of which not all bytes were captured
    /// Damage that was met, in file order: what, and at which byte. Reading went on where it could.
    /// At most twenty; the last line tells how many more there were.
    std::vector<std::string> warnings;
};

/// A capture being read.
class PacketSource {
public:
    virtual ~PacketSource() = default;
    /// Fills `batch` from its front with the next packets and returns how many there are: fewer
    /// than fit wherever the bytes at hand end, 0 only at the end. The packets' bytes stay valid
    /// until the next call. A capture cut in mid-packet or damaged ends early with a warning in
    /// info(); only trouble with the reading itself (I/O) is an Error, and packets already
    /// delivered stay good.
    [[nodiscard]] virtual Result<std::size_t> next(std::span<RawPacket> batch) = 0;
    [[nodiscard]] virtual const CaptureInfo& info() const = 0;
    [[nodiscard]] virtual Progress progress() const = 0;
};

/// Opens a capture: pcap (µs, ns, either byte order, also the modified "Kuznetzov" variant) or
/// pcapng, each plain, gzip, zstd or lz4; told by content, never by name. "-" is standard input.
/// `filter` is an expression of the libpcap filter language, or empty.
/// Errors: not_found, permission, io; corrupt for what is no capture; usage for a bad filter.
[[nodiscard]] Result<std::unique_ptr<PacketSource>> open_capture(const std::string& path,
                                                                 const std::string& filter = {});

/// Packets from memory: the whole content of a capture file, in any form open_capture reads.
/// `bytes` must remain live while the source is.
[[nodiscard]] Result<std::unique_ptr<PacketSource>> open_capture_bytes(
    std::span<const std::uint8_t> bytes, const std::string& name = "memory",
    const std::string& filter = {});

}  // namespace tcpwhy
