// Captures as bytes: what tests, benchmarks and annotated captures write.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "packet/raw_packet.h"
#include "tcpwhy/result.h"

namespace tcpwhy::source {

/// What a pcap file is to look like.
struct PcapFormat {
    bool nanoseconds = false;
    bool big_endian = false;
    LinkType link_type = 1;
    std::uint32_t snaplen = 262'144;
};

/// Appends a pcap file's header (version 2.4).
void write_pcap_header(std::vector<std::uint8_t>& out, const PcapFormat& format = {});

/// Appends one packet with its time, bytes and original_length (bytes.size() where that is less).
/// Times before 1970 or after 2106 do not fit the format and wrap.
void append_pcap_packet(std::vector<std::uint8_t>& out, const RawPacket& packet,
                        const PcapFormat& format = {});

/// Writes a pcapng file, block by block, onto the end of a vector. One object writes one section.
class PcapngWriter {
public:
    /// Appends a section header, of unknown length. `out` outlives this.
    explicit PcapngWriter(std::vector<std::uint8_t>& out, bool big_endian = false);

    /// Appends an interface description. `resolution` as if_tsresol encodes it: 9 = nanoseconds,
    /// the default of this writer; 6 = microseconds; 0x80 + n = 2^-n s. `offset` in seconds.
    void add_interface(LinkType link_type, std::uint32_t snaplen = 0, std::uint8_t resolution = 9,
                       std::int64_t offset = 0);

    /// Appends an Enhanced Packet Block with the interface's number of units since the epoch.
    void add_packet(std::uint32_t interface, std::uint64_t units,
                    std::span<const std::uint8_t> bytes, std::uint32_t original_length,
                    std::string_view comment = {});
    /// The same from a packet; its time in nanoseconds, for an interface of resolution 9.
    void add_packet(const RawPacket& packet, std::string_view comment = {});

    /// Appends a Simple Packet Block.
    void add_simple_packet(std::span<const std::uint8_t> bytes, std::uint32_t original_length);

    /// Appends the Packet Block of the first drafts of the format.
    void add_obsolete_packet(std::uint16_t interface, std::uint64_t units,
                             std::span<const std::uint8_t> bytes, std::uint32_t original_length);

    /// Appends interface statistics: packets that the interface and the system dropped.
    void add_statistics(std::uint32_t interface, std::uint64_t dropped_by_interface,
                        std::uint64_t dropped_by_system);

    /// Appends a block of any type around `body`, padded.
    void add_block(std::uint32_t type, std::span<const std::uint8_t> body);

private:
    std::vector<std::uint8_t>& out_;
    bool big_endian_;
};

/// Replaces the file at `path` by these bytes. Errors: not_found, permission, io.
[[nodiscard]] Result<void> write_file(const std::string& path, std::span<const std::uint8_t> bytes);

}  // namespace tcpwhy::source
