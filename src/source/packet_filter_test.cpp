#include "source/packet_filter.h"

#include "source/reading_test_support.h"

namespace tcpwhy::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(PacketFilter, LetsMatchingPacketsThroughAndCountsTheOthers) {
    for (const auto& file : {pcap_of(10), pcapng_of(10)}) {
        const auto capture = read_bytes(file, "tcp dst port 81");
        ASSERT_THAT(capture.packets, SizeIs(5));
        EXPECT_EQ(capture.packets[0].frame, 2U);
        EXPECT_EQ(capture.packets[4].bytes, content_of(9));
        EXPECT_EQ(capture.info.packets, 5U);
        EXPECT_EQ(capture.info.filtered_out, 5U);
        EXPECT_THAT(capture.info.warnings, IsEmpty());
    }
}

TEST(PacketFilter, PassesLibpcapsWordsOn) {
    const auto capture = read_bytes(pcap_of(1), "prt 80");
    EXPECT_EQ(capture.error_kind, ErrorKind::usage);
    EXPECT_THAT(capture.error, HasSubstr("bad filter 'prt 80': "));
}

TEST(PacketFilter, FindsABadFilterInCapturesWithoutPacketsOrInterfaces) {
    ByteVector nothing;
    const PcapngWriter writer(nothing);
    for (const auto& file : {pcap_of(0), pcapng_of(0), nothing}) {
        EXPECT_THAT(read_bytes(file, "prt 80").error, HasSubstr("bad filter"));
        EXPECT_EQ(read_bytes(file, "tcp port 80").error, "");
    }
}

TEST(PacketFilter, SeesTheInterfaceBehindOtherBlocksWhenOpening) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_block(0x77, ByteVector(40, 0));
    writer.add_interface(201);
    EXPECT_THAT(read_bytes(file, "tcp port 80").error,
                HasSubstr("cannot be applied to link type 201"));
}

TEST(PacketFilter, UsesEachLinkTypesOwnLayout) {
    // The same bytes read as Ethernet and, without the link layer, as raw IP and Linux's loopback.
    const ByteVector frame = frame_to_port(80);
    const auto ip = std::span(frame).subspan(14);
    ByteVector null_frame = {2, 0, 0, 0};
    null_frame.insert(null_frame.end(), ip.begin(), ip.end());
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1);
    writer.add_interface(101);
    writer.add_interface(0);
    writer.add_packet(0, 0, frame, 0);
    writer.add_packet(1, 0, ip, 0);
    writer.add_packet(2, 0, null_frame, 0);
    writer.add_packet(1, 0, frame, 0);
    EXPECT_THAT(read_bytes(file, "tcp dst port 80").packets, SizeIs(3));
}

TEST(PacketFilter, ALinkTypeThatItCannotReadIsLeftOutWithOneWarning) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1);
    writer.add_interface(201);
    writer.add_packet(0, 0, frame_to_port(80), 0);
    writer.add_packet(1, 0, frame_to_port(80), 0);
    writer.add_packet(1, 0, frame_to_port(80), 0);
    const auto capture = read_bytes(file, "tcp port 80");
    EXPECT_THAT(capture.packets, SizeIs(1));
    EXPECT_EQ(capture.info.filtered_out, 2U);
    EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("link type 201")));
}

TEST(PacketFilter, HundredsOfLinkTypesDoNotMeanHundredsOfPrograms) {
    ByteVector file;
    PcapngWriter writer(file);
    for (LinkType type = 1; type <= 300; ++type) writer.add_interface(type);
    for (std::uint32_t at = 0; at < 300; ++at) writer.add_packet(at, 0, frame_to_port(80), 0);
    writer.add_packet(0, 0, frame_to_port(80), 0);
    const auto capture = read_bytes(file, "greater 1");
    EXPECT_GE(capture.packets.size(), 10U);
    EXPECT_EQ(capture.packets.back().frame, 301U);
    EXPECT_EQ(capture.info.packets + capture.info.filtered_out, 301U);
}

}  // namespace
}  // namespace tcpwhy::source
