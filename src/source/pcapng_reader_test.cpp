#include <limits>

#include "source/reading_test_support.h"

namespace tcpwhy::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Where the blocks of a little-endian file begin, and its end.
std::vector<std::size_t> block_starts(const ByteVector& file) {
    std::vector<std::size_t> starts;
    std::size_t at = 0;
    while (at + 8 <= file.size()) {
        starts.push_back(at);
        at += file[at + 4] | static_cast<std::size_t>(file[at + 5]) << 8;
    }
    starts.push_back(at);
    return starts;
}

TEST(PcapngReader, ReadsBothByteOrders) {
    for (const bool big_endian : {false, true}) {
        const auto capture = read_bytes(pcapng_of(10, big_endian));
        expect_packets(capture, 10);
        EXPECT_THAT(capture.info.warnings, IsEmpty());
        EXPECT_EQ(capture.info.format, "pcapng");
        EXPECT_EQ(capture.info.interfaces, 1U);
    }
}

TEST(PcapngReader, FramesAndInterfacesAreNumberedAcrossSections) {
    ByteVector file = pcapng_of(2);
    const ByteVector other = pcapng_of(1, true);
    file.insert(file.end(), other.begin(), other.end());
    PcapngWriter writer(file);
    writer.add_interface(1);
    writer.add_interface(113);
    writer.add_packet(1, 5, content_of(0), 0);
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(4));
    EXPECT_EQ(capture.packets[2].frame, 3U);
    EXPECT_EQ(capture.packets[2].interface, 1);
    EXPECT_EQ(capture.packets[3].frame, 4U);
    EXPECT_EQ(capture.packets[3].interface, 3);
    EXPECT_EQ(capture.packets[3].link_type, 113);
    EXPECT_EQ(capture.info.interfaces, 4U);
}

TEST(PcapngReader, EachInterfaceHasItsOwnClock) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1, 0, 6);
    writer.add_interface(1, 0, 9);
    writer.add_interface(1, 0, 0x80 | 10);
    writer.add_interface(1, 0, 0, epoch_seconds);
    writer.add_packet(0, epoch_seconds * 1'000'000ULL, content_of(0), 0);
    writer.add_packet(1, epoch_seconds * 1'000'000'000ULL, content_of(0), 0);
    writer.add_packet(2, epoch_seconds * 1024ULL, content_of(0), 0);
    writer.add_packet(3, 0, content_of(0), 0);
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(4));
    for (const auto& packet : capture.packets) EXPECT_EQ(packet.time, after(0));
}

TEST(PcapngReader, ASimplePacketHasTheLastTimeAndTheSnaplenOfInterfaceZero) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1, 64);
    writer.add_packet(0, epoch_seconds * 1'000'000'000ULL, content_of(0), 0);
    writer.add_simple_packet(frame_to_port(80, 64), 1514);
    writer.add_simple_packet(frame_to_port(80, 61), 61);
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(3));
    EXPECT_EQ(capture.packets[1].time, after(0));
    EXPECT_EQ(capture.packets[1].bytes.size(), 64U);
    EXPECT_EQ(capture.packets[1].original_length, 1514U);
    EXPECT_EQ(capture.packets[2].bytes, frame_to_port(80, 61));
    EXPECT_EQ(capture.info.cut_by_snaplen, 1U);
}

TEST(PcapngReader, ReadsTheObsoletePacketBlock) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1);
    writer.add_interface(101);
    writer.add_obsolete_packet(1, epoch_seconds * 1'000'000'000ULL, content_of(0), 99);
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(1));
    EXPECT_EQ(capture.packets[0].time, after(0));
    EXPECT_EQ(capture.packets[0].link_type, 101);
    EXPECT_EQ(capture.packets[0].original_length, 99U);
}

TEST(PcapngReader, PassesOverBlocksThatHoldNoPackets) {
    ByteVector file;
    PcapngWriter writer(file);
    const ByteVector body(20, 7);
    for (const std::uint32_t type : {4U, 10U, 0x77U, 0x80000001U}) writer.add_block(type, body);
    writer.add_interface(1);
    writer.add_packet({.time = after(0), .bytes = content_of(0)}, "a comment");
    for (const std::uint32_t type : {4U, 10U, 0x77U, 0x80000001U}) writer.add_block(type, body);
    writer.add_packet({.time = after(1'000'000), .bytes = content_of(1)});
    const auto capture = read_bytes(file);
    expect_packets(capture, 2);
    EXPECT_THAT(capture.info.warnings, IsEmpty());
}

TEST(PcapngReader, CountsTheBlocksThatWiresharkShowsAsFrames) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1);
    const ByteVector body(20, 7);
    for (const std::uint32_t type : {0xbadU, 0x40000badU, 9U, 0x204U, 0x216U}) {
        writer.add_block(type, body);
    }
    writer.add_packet({.time = after(0), .bytes = content_of(0)});
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(1));
    EXPECT_EQ(capture.packets[0].frame, 6U);
}

TEST(PcapngReader, AddsUpWhatTheLatestStatisticsOfEachInterfaceSayWasLost) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1);
    writer.add_interface(1);
    writer.add_statistics(0, 5, 1);
    writer.add_statistics(0, 7, 1);
    writer.add_statistics(1, 100, 0);
    writer.add_statistics(9, 1000, 0);
    EXPECT_EQ(read_bytes(file).info.dropped_by_capture, 108U);
}

TEST(PcapngReader, LeavesOutPacketsOfUndeclaredInterfacesAndThoseTooLongForTheirBlock) {
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_packet(0, 0, content_of(0), 0);
    writer.add_interface(1);
    writer.add_packet(7, 0, content_of(0), 0);
    writer.add_packet(0, 0, content_of(0), 0);
    file[block_starts(file)[4] + 20] = 255;
    writer.add_packet(0, 0, content_of(0), 0);
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(1));
    EXPECT_EQ(capture.packets[0].frame, 4U);
    EXPECT_THAT(capture.info.warnings,
                ElementsAre(HasSubstr("packet 1 at byte"), HasSubstr("packet 2 at byte"),
                            HasSubstr("packet 3 at byte")));
}

TEST(PcapngReader, KeepsABoundedNumberOfInterfacesAndCountsThePacketsOfOthers) {
    ByteVector file;
    PcapngWriter writer(file);
    for (int at = 0; at < 70'000; ++at) writer.add_interface(1);
    writer.add_packet(65'535, 0, content_of(0), 0);
    writer.add_packet(65'536, 0, content_of(0), 0);
    writer.add_packet(69'999, 0, content_of(0), 0);
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(1));
    EXPECT_EQ(capture.packets[0].interface, 65'535);
    EXPECT_EQ(capture.info.interfaces, 70'000U);
    EXPECT_THAT(
        capture.info.warnings,
        ElementsAre("2 packets of interfaces beyond the first 65,536 of a section left out"));
}

TEST(PcapngReader, CutAnywhereGivesThePacketsBeforeAndSaysWhere) {
    const ByteVector file = pcapng_of(4);
    const auto starts = block_starts(file);
    for (std::size_t size = 0; size <= file.size(); ++size) {
        const auto capture = read_bytes(std::span(file).first(size));
        if (size < starts[1]) {
            EXPECT_EQ(capture.error_kind, ErrorKind::corrupt);
            EXPECT_NE(capture.error, "");
            continue;
        }
        std::size_t whole = 0;
        while (whole < 4 && starts[whole + 3] <= size) ++whole;
        expect_packets(capture, whole);
        if (std::find(starts.begin(), starts.end(), size) != starts.end()) {
            EXPECT_THAT(capture.info.warnings, IsEmpty());
        } else {
            EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("cut off in mid-")));
            EXPECT_THAT(capture.info.warnings[0], HasSubstr("at byte " + std::to_string(size)));
        }
    }
}

TEST(PcapngReader, SaysHowMuchOfTheCutPacketIsThere) {
    const ByteVector file = pcapng_of(3);
    const std::size_t size = block_starts(file)[4] + 28 + 17;
    EXPECT_THAT(read_bytes(std::span(file).first(size)).info.warnings,
                ElementsAre("cut off in mid-packet at byte " + std::to_string(size) +
                            ": 17 of 62 bytes of packet 3 are there"));
}

TEST(PcapngReader, FindsTheNextBlockBehindAnImpossibleLength) {
    for (const std::uint8_t length : std::to_array<std::uint8_t>({0, 8, 13, 255})) {
        ByteVector file = pcapng_of(6);
        const auto starts = block_starts(file);
        file[starts[4] + 4] = length;
        const auto capture = read_bytes(file);
        ASSERT_THAT(capture.packets, SizeIs(5));
        EXPECT_EQ(capture.packets[2].bytes, content_of(3));
        ASSERT_THAT(capture.info.warnings, SizeIs(1));
        EXPECT_THAT(capture.info.warnings[0],
                    HasSubstr("at byte " + std::to_string(starts[4]) + ": " +
                              std::to_string(starts[5] - starts[4]) + " bytes skipped"));
    }
}

TEST(PcapngReader, FindsTheNextBlockBehindTwoLengthsThatDiffer) {
    ByteVector file = pcapng_of(6);
    const auto starts = block_starts(file);
    file[starts[5] - 4] ^= 4;
    const auto capture = read_bytes(file);
    EXPECT_THAT(capture.packets, SizeIs(5));
    EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("block whose two lengths differ")));
}

TEST(PcapngReader, ALengthBeyondTheEndThatIsDamageDoesNotEndTheReading) {
    ByteVector file = pcapng_of(6);
    file[block_starts(file)[4] + 6] = 3;
    const auto capture = read_bytes(file);
    EXPECT_THAT(capture.packets, SizeIs(5));
    EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("that reaches beyond the end")));
}

TEST(PcapngReader, FindsASectionOfTheOtherByteOrderBehindGarbage) {
    ByteVector file = pcapng_of(2);
    file.insert(file.end(), 1001, 0xff);
    const ByteVector other = pcapng_of(3, true);
    file.insert(file.end(), other.begin(), other.end());
    const auto capture = read_bytes(file);
    EXPECT_THAT(capture.packets, SizeIs(5));
    EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("1001 bytes skipped")));
}

TEST(PcapngReader, NothingBehindTheDamageEndsTheCapture) {
    ByteVector file = pcapng_of(2);
    file.insert(file.end(), 1000, 0);
    const auto capture = read_bytes(file);
    expect_packets(capture, 2);
    EXPECT_THAT(capture.info.warnings,
                ElementsAre(HasSubstr("1000 bytes skipped, no block follows")));
}

TEST(PcapngReader, HostileClocksSaturate) {
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    ByteVector file;
    PcapngWriter writer(file);
    writer.add_interface(1, 0, 0, std::numeric_limits<std::int64_t>::max());
    writer.add_interface(1, 0, 127, std::numeric_limits<std::int64_t>::min());
    writer.add_packet(0, most, content_of(0), 0);
    writer.add_packet(1, most, content_of(0), 0);
    const auto capture = read_bytes(file);
    ASSERT_THAT(capture.packets, SizeIs(2));
    EXPECT_EQ(capture.packets[0].time, Timestamp::max());
    EXPECT_EQ(capture.packets[1].time, Timestamp::min());
}

}  // namespace
}  // namespace tcpwhy::source
