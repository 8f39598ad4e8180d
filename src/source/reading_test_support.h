// What the tests of the readers share: making small captures, and reading one to its end.
#pragma once

#include <gmock/gmock.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "source/capture_writer.h"
#include "source/packet_source.h"

namespace tcpwhy::source {

using ByteVector = std::vector<std::uint8_t>;

/// 2023-11-14 22:13:20 UTC
inline constexpr std::int64_t epoch_seconds = 1'700'000'000;

/// A time `nanoseconds` after epoch_seconds.
inline Timestamp after(std::int64_t nanoseconds) {
    return Timestamp(Duration(epoch_seconds * 1'000'000'000 + nanoseconds));
}

/// A packet that was delivered, copied.
struct ReadPacket {
    std::uint64_t frame = 0;
    Timestamp time{};
    ByteVector bytes;
    std::uint32_t original_length = 0;
    LinkType link_type = 0;
    std::uint16_t interface = 0;
};

/// What reading a capture to its end gave.
struct ReadCapture {
    std::vector<ReadPacket> packets;
    CaptureInfo info;
    std::string error;  ///< of opening or reading it; empty = none
    ErrorKind error_kind = ErrorKind::io;
};

inline ReadCapture read_to_end(Result<std::unique_ptr<PacketSource>> opened) {
    ReadCapture capture;
    if (!opened) {
        capture.error = opened.error().to_string();
        capture.error_kind = opened.error().kind;
        return capture;
    }
    // An odd size, so that batches end in places of no meaning.
    std::array<RawPacket, 3> batch;
    for (;;) {
        const auto count = (*opened)->next(batch);
        if (!count) capture.error = count.error().to_string();
        if (!count || *count == 0) break;
        for (std::size_t at = 0; at < *count; ++at) {
            const RawPacket& packet = batch[at];
            capture.packets.push_back({packet.frame,
                                       packet.time,
                                       {packet.bytes.begin(), packet.bytes.end()},
                                       packet.original_length,
                                       packet.link_type,
                                       packet.interface});
        }
    }
    capture.info = (*opened)->info();
    return capture;
}

/// From a copy of exactly that size, so that a sanitizer sees a read beyond the end.
inline ReadCapture read_bytes(std::span<const std::uint8_t> bytes, const std::string& filter = {}) {
    const ByteVector exact(bytes.begin(), bytes.end());
    return read_to_end(open_capture_bytes(exact, "test.pcap", filter));
}

/// An Ethernet frame with an IPv4 TCP segment to this port, `size` bytes long (at least 54).
inline ByteVector frame_to_port(std::uint16_t port, std::size_t size = 60) {
    ByteVector bytes(size, 0);
    bytes[12] = 0x08;
    bytes[14] = 0x45;
    bytes[17] = static_cast<std::uint8_t>(size - 14);
    bytes[23] = 6;
    bytes[36] = static_cast<std::uint8_t>(port >> 8);
    bytes[37] = static_cast<std::uint8_t>(port);
    bytes[46] = 0x50;
    return bytes;
}

/// Packet number `index` of pcap_of(): its size and content differ from its neighbours'.
inline ByteVector content_of(std::size_t index) {
    return frame_to_port(static_cast<std::uint16_t>(80 + index % 2), 60 + index % 7);
}

/// A pcap file of `count` packets, a millisecond apart.
inline ByteVector pcap_of(std::size_t count, const PcapFormat& format = {}) {
    ByteVector file;
    write_pcap_header(file, format);
    for (std::size_t at = 0; at < count; ++at) {
        const ByteVector content = content_of(at);
        RawPacket packet;
        packet.time = after(static_cast<std::int64_t>(at) * 1'000'000);
        packet.bytes = content;
        append_pcap_packet(file, packet, format);
    }
    return file;
}

/// A pcapng file of the same packets.
inline ByteVector pcapng_of(std::size_t count, bool big_endian = false) {
    ByteVector file;
    PcapngWriter writer(file, big_endian);
    writer.add_interface(1);
    for (std::size_t at = 0; at < count; ++at) {
        const ByteVector content = content_of(at);
        RawPacket packet;
        packet.time = after(static_cast<std::int64_t>(at) * 1'000'000);
        packet.bytes = content;
        writer.add_packet(packet);
    }
    return file;
}

/// Expects the packets of pcap_of(count), all or the first ones.
inline void expect_packets(const ReadCapture& capture, std::size_t count) {
    ASSERT_EQ(capture.error, "");
    ASSERT_EQ(capture.packets.size(), count);
    for (std::size_t at = 0; at < count; ++at) {
        EXPECT_EQ(capture.packets[at].frame, at + 1);
        EXPECT_EQ(capture.packets[at].time, after(static_cast<std::int64_t>(at) * 1'000'000));
        EXPECT_EQ(capture.packets[at].bytes, content_of(at));
        EXPECT_EQ(capture.packets[at].original_length, content_of(at).size());
    }
}

}  // namespace tcpwhy::source
