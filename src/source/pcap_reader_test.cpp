#include "source/reading_test_support.h"

namespace tcpwhy::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t file_header = 24;
constexpr std::size_t record_header = 16;

void set_u32(ByteVector& bytes, std::size_t at, std::uint32_t value) {
    for (unsigned byte = 0; byte < 4; ++byte) {
        bytes[at + byte] = static_cast<std::uint8_t>(value >> (8 * byte));
    }
}

/// Where the record of packet `index` of pcap_of() begins.
std::size_t record_at(std::size_t index) {
    std::size_t at = file_header;
    for (std::size_t before = 0; before < index; ++before) {
        at += record_header + content_of(before).size();
    }
    return at;
}

TEST(PcapReader, ReadsBothUnitsInBothByteOrders) {
    for (const bool nanoseconds : {false, true}) {
        for (const bool big_endian : {false, true}) {
            const PcapFormat format{.nanoseconds = nanoseconds, .big_endian = big_endian};
            const auto capture = read_bytes(pcap_of(10, format));
            expect_packets(capture, 10);
            EXPECT_THAT(capture.info.warnings, IsEmpty());
            EXPECT_EQ(capture.info.packets, 10U);
            EXPECT_EQ(capture.info.interfaces, 1U);
            EXPECT_EQ(capture.info.format, nanoseconds ? "pcap (nanoseconds)" : "pcap");
        }
    }
}

TEST(PcapReader, AFileHeaderAloneIsAnEmptyCapture) {
    const auto capture = read_bytes(pcap_of(0));
    EXPECT_EQ(capture.error, "");
    EXPECT_THAT(capture.info.warnings, IsEmpty());
}

TEST(PcapReader, ReadsTheModifiedVariant) {
    ByteVector file;
    write_pcap_header(file);
    set_u32(file, 0, 0xa1b2cd34);
    const ByteVector content = content_of(0);
    ByteVector record;
    append_pcap_packet(record, {.time = after(0), .bytes = content});
    record.insert(record.begin() + record_header, 8, 0xee);
    file.insert(file.end(), record.begin(), record.end());
    const auto capture = read_bytes(file);
    expect_packets(capture, 1);
    EXPECT_EQ(capture.info.format, "pcap (modified)");
}

TEST(PcapReader, KeepsNanosecondsAndTheOriginalLength) {
    const PcapFormat format{.nanoseconds = true};
    ByteVector file;
    write_pcap_header(file, format);
    const ByteVector content = content_of(0);
    append_pcap_packet(
        file, {.time = after(123'456'789), .bytes = content, .original_length = 1514}, format);
    const auto capture = read_bytes(file);
    ASSERT_EQ(capture.packets.size(), 1U);
    EXPECT_EQ(capture.packets[0].time, after(123'456'789));
    EXPECT_EQ(capture.packets[0].original_length, 1514U);
    EXPECT_EQ(capture.info.cut_by_snaplen, 1U);
}

TEST(PcapReader, TakesTheLinkTypeWithoutTheFrameCheckSequenceBits) {
    ByteVector file = pcap_of(1);
    set_u32(file, 20, 0x24000000 | 113);
    const auto capture = read_bytes(file);
    ASSERT_EQ(capture.packets.size(), 1U);
    EXPECT_EQ(capture.packets[0].link_type, 113);
}

TEST(PcapReader, AFractionBeyondASecondCarriesOver) {
    ByteVector file = pcap_of(1);
    set_u32(file, file_header + 4, 2'500'000);
    const auto capture = read_bytes(file);
    ASSERT_EQ(capture.packets.size(), 1U);
    EXPECT_EQ(capture.packets[0].time, after(2'500'000'000));
}

TEST(PcapReader, OldVersionsHaveTheLengthsInTheOtherOrder) {
    ByteVector file;
    write_pcap_header(file);
    const ByteVector content = content_of(0);
    append_pcap_packet(file, {.time = after(0), .bytes = content, .original_length = 1514});
    set_u32(file, file_header + 8, 1514);
    set_u32(file, file_header + 12, static_cast<std::uint32_t>(content.size()));
    for (const std::uint8_t minor : std::to_array<std::uint8_t>({1, 2, 3})) {
        file[6] = minor;
        const auto capture = read_bytes(file);
        ASSERT_EQ(capture.packets.size(), 1U);
        EXPECT_EQ(capture.packets[0].bytes, content);
        EXPECT_EQ(capture.packets[0].original_length, 1514U);
    }
}

TEST(PcapReader, RefusesAVersionThatDoesNotExist) {
    ByteVector file = pcap_of(1);
    file[4] = 9;
    const auto capture = read_bytes(file);
    EXPECT_THAT(capture.error, HasSubstr("pcap version 9.4 does not exist"));
    EXPECT_EQ(capture.error_kind, ErrorKind::corrupt);
}

TEST(PcapReader, AcceptsPacketsLongerThanTheSnaplen) {
    expect_packets(read_bytes(pcap_of(3, {.snaplen = 16})), 3);
    expect_packets(read_bytes(pcap_of(3, {.snaplen = 0})), 3);
    expect_packets(read_bytes(pcap_of(3, {.snaplen = 0xffffffff})), 3);
}

TEST(PcapReader, CutAnywhereGivesThePacketsBeforeAndSaysWhere) {
    const std::size_t count = 4;
    const ByteVector file = pcap_of(count);
    for (std::size_t size = 0; size <= file.size(); ++size) {
        const auto capture = read_bytes(std::span(file).first(size));
        if (size < file_header) {
            EXPECT_EQ(capture.error_kind, ErrorKind::corrupt);
            EXPECT_NE(capture.error, "");
            continue;
        }
        std::size_t whole = 0;
        while (whole < count && record_at(whole + 1) <= size) ++whole;
        expect_packets(capture, whole);
        if (size == record_at(whole)) {
            EXPECT_THAT(capture.info.warnings, IsEmpty());
        } else {
            EXPECT_THAT(
                capture.info.warnings,
                ElementsAre(HasSubstr("cut off in mid-packet at byte " + std::to_string(size))));
        }
    }
}

TEST(PcapReader, SaysHowMuchOfTheCutPacketIsThere) {
    const ByteVector file = pcap_of(8);
    const auto capture = read_bytes(std::span(file).first(record_at(7) + record_header + 17));
    EXPECT_THAT(capture.info.warnings,
                ElementsAre("cut off in mid-packet at byte " +
                            std::to_string(record_at(7) + record_header + 17) +
                            ": 17 of 60 bytes of packet 8 are there"));
}

TEST(PcapReader, FindsTheNextPacketBehindADamagedHeader) {
    ByteVector file = pcap_of(10);
    set_u32(file, record_at(3) + 8, 0x70000000);
    const auto capture = read_bytes(file);
    ASSERT_EQ(capture.packets.size(), 9U);
    EXPECT_EQ(capture.packets[3].bytes, content_of(4));
    EXPECT_THAT(capture.info.warnings,
                ElementsAre("damaged packet header at byte " + std::to_string(record_at(3)) + ": " +
                            std::to_string(record_at(4) - record_at(3)) + " bytes skipped"));
}

TEST(PcapReader, FindsTheNextPacketBehindADamagedFirstHeader) {
    ByteVector file = pcap_of(10);
    set_u32(file, record_at(0) + 8, 0xffffffff);
    EXPECT_EQ(read_bytes(file).packets.size(), 9U);
}

TEST(PcapReader, FindsTheNextPacketBehindAHoleOfZeros) {
    ByteVector file = pcap_of(10);
    file.insert(file.begin() + static_cast<std::ptrdiff_t>(record_at(5)), 4097, 0);
    const auto capture = read_bytes(file);
    EXPECT_EQ(capture.packets.size(), 10U);
    EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("4097 bytes skipped")));
}

TEST(PcapReader, ALengthBeyondTheEndThatIsDamageDoesNotEndTheReading) {
    ByteVector file = pcap_of(10);
    set_u32(file, record_at(3) + 8, 100'000);
    const auto capture = read_bytes(file);
    EXPECT_EQ(capture.packets.size(), 9U);
    EXPECT_THAT(capture.info.warnings, ElementsAre(HasSubstr("damaged packet header")));
}

TEST(PcapReader, NothingBehindTheDamageEndsTheCapture) {
    ByteVector file = pcap_of(3);
    file.insert(file.end(), 1000, 0xff);
    const auto capture = read_bytes(file);
    expect_packets(capture, 3);
    EXPECT_THAT(capture.info.warnings,
                ElementsAre(HasSubstr("1000 bytes skipped, no packet follows")));
}

TEST(PcapReader, ManyDamagesGiveTwentyWarningsAndTheirNumber) {
    ByteVector file;
    write_pcap_header(file);
    for (int damage = 0; damage < 30; ++damage) {
        const ByteVector part = pcap_of(4);
        file.insert(file.end(), part.begin() + file_header, part.end());
        file.insert(file.end(), 16, 0);
    }
    const auto capture = read_bytes(file);
    EXPECT_EQ(capture.packets.size(), 120U);
    ASSERT_EQ(capture.info.warnings.size(), 21U);
    EXPECT_EQ(capture.info.warnings.back(), "and 10 more");
}

}  // namespace
}  // namespace tcpwhy::source
