// The headers of a pcap file, as numbers. https://www.tcpdump.org/manpages/pcap-savefile.5.html
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "packet/raw_packet.h"
#include "source/byte_order.h"
#include "source/capture_reader.h"

namespace tcpwhy::source {

/// One packet's header.
struct PcapRecord {
    std::uint32_t seconds = 0;
    std::uint32_t fraction = 0;  ///< of a second, in the file's unit; may exceed a second
    std::uint32_t captured = 0;
    std::uint32_t original = 0;

    /// A hole in a file that a crash left reads as these; no program writes one.
    [[nodiscard]] bool is_blank() const { return (seconds | fraction | captured | original) == 0; }
};

/// How a file's records are to be read, by its file header.
struct PcapLayout {
    ByteOrder order;
    std::uint32_t unit = 1000;       ///< nanoseconds per unit of PcapRecord::fraction
    std::uint32_t header_size = 16;  ///< 24 in Alexey Kuznetzov's variant
    std::uint32_t longest = longest_common_packet;
    /// Before version 2.3 the two lengths stood in the other order; in 2.3 in either (libpcap,
    /// sf-pcap.c).
    bool swapped_lengths = false;
    bool maybe_swapped_lengths = false;
    LinkType link_type = 1;

    /// REQUIRES: header_size bytes at `at`.
    [[nodiscard]] PcapRecord record(const std::uint8_t* at) const {
        PcapRecord header{order.u32(at), order.u32(at + 4), order.u32(at + 8), order.u32(at + 12)};
        if (swapped_lengths || (maybe_swapped_lengths && header.captured > header.original)) {
            std::swap(header.captured, header.original);
        }
        return header;
    }
    /// False where something other than a record must be there.
    [[nodiscard]] bool is_possible(const PcapRecord& header) const {
        return header.captured <= longest && !header.is_blank();
    }
    /// Stricter: what hardly any bytes but a record look like. `near` is the time of a packet
    /// nearby, in seconds.
    [[nodiscard]] bool is_convincing(const PcapRecord& header, std::uint32_t near) const {
        constexpr std::uint32_t day = 86'400;
        constexpr std::uint32_t second = 1'000'000'000;
        const std::uint32_t apart =
            header.seconds > near ? header.seconds - near : near - header.seconds;
        return header.captured != 0 && header.captured <= header.original &&
               header.original <= longest_packet &&
               header.captured <= std::min(longest, longest_common_packet) &&
               header.fraction < second / unit && apart <= day;
    }
    /// Whether `bytes` begin with records that convince: three in a row, or as many as there are
    /// before the end, at least one of them whole.
    [[nodiscard]] bool begins_records(std::span<const std::uint8_t> bytes,
                                      const std::uint32_t* near) const {
        std::size_t at = 0;
        std::uint32_t time = near != nullptr ? *near : 0;
        for (int count = 0; count < 3; ++count) {
            if (bytes.size() - at < header_size) return count > 0;
            const PcapRecord header = record(bytes.data() + at);
            if (near == nullptr && count == 0) time = header.seconds;
            if (!is_convincing(header, time)) return false;
            if (bytes.size() - at - header_size < header.captured) return count > 0;
            at += header_size + header.captured;
        }
        return true;
    }
};

}  // namespace tcpwhy::source
