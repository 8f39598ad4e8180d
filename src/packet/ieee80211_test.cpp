#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

constexpr LinkType plain = 105;
constexpr LinkType radiotap = 127;
const char* const addresses = "020000000001 020000000002 020000000003";
const char* const snap = "aaaa03 000000 0800";

}  // namespace

TEST(Ieee80211, QualityAndFourthAddressLengthenTheHeader) {
    Decoder decode;
    EXPECT_TRUE(is_the_syn(
        decode(plain, hex("8801 0000") + hex(addresses) + hex("1000 0000") + hex(snap) + inner())));
    EXPECT_TRUE(is_the_syn(decode(plain, hex("8803 0000") + hex(addresses) +
                                             hex("1000 020000000004 0000") + hex(snap) + inner())));
    EXPECT_TRUE(is_the_syn(decode(plain, hex("8881 0000") + hex(addresses) +
                                             hex("1000 0000 00000000") + hex(snap) + inner())));
}

TEST(Ieee80211, AggregateBeginsWithItsFirstPacket) {
    Decoder decode;
    EXPECT_TRUE(
        is_the_syn(decode(plain, hex("8801 0000") + hex(addresses) + hex("1000 8000") +
                                     hex("020000000001 020000000002 0044") + hex(snap) + inner())));
}

TEST(Ieee80211, EncryptedFramesAreSaidToBe) {
    Decoder decode;
    const Packet header = hex("8841 0000") + hex(addresses) + hex("1000 0000");
    EXPECT_EQ(decode(plain, header + hex("0100 0020 00000000 d1e2f3a4b5c6d7e8")).kind,
              PacketKind::encrypted);
}

TEST(Ieee80211, DecryptedFramesMayKeepTheFlagAndTheKeyHeader) {
    Decoder decode;
    const Packet header = hex("8841 0000") + hex(addresses) + hex("1000 0000");
    EXPECT_TRUE(is_the_syn(decode(plain, header + hex(snap) + inner())));
    EXPECT_TRUE(is_the_syn(decode(plain, header + hex("0100002000000000") + hex(snap) + inner())));
}

TEST(Ieee80211, FramesWithoutDataAndLaterFragmentsCarryNoIp) {
    Decoder decode;
    EXPECT_EQ(decode(plain, hex("8000 0000") + hex(addresses) + hex("1000")).kind,
              PacketKind::not_ip);                                                     // beacon
    EXPECT_EQ(decode(plain, hex("d400 0000 020000000001")).kind, PacketKind::not_ip);  // ACK
    EXPECT_EQ(decode(plain, hex("4801 0000") + hex(addresses) + hex("1000")).kind,
              PacketKind::not_ip);  // no data
    EXPECT_EQ(decode(plain, hex("0801 0000") + hex(addresses) + hex("1100 01020304")).kind,
              PacketKind::not_ip);
}

TEST(Radiotap, SaysWhetherTheHeaderIsPadded) {
    Decoder decode;
    const Packet frame =
        hex("8801 0000") + hex(addresses) + hex("1000 0000 ffff") + hex(snap) + inner();
    EXPECT_TRUE(is_the_syn(decode(radiotap, hex("00 00 0900 02000000 20") + frame)));
    // With a time before the flags, and a second bitmap before both.
    EXPECT_TRUE(is_the_syn(decode(
        radiotap, hex("00 00 1900 03000080 00000000 00000000 0102030405060708 20") + frame)));
    EXPECT_FALSE(is_the_syn(decode(radiotap, hex("00 00 0900 02000000 00") + frame)));
}

}  // namespace tcpwhy
