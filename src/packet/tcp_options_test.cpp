#include "packet/tcp.h"
#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

struct Reading {
    TcpOptions options;
    Oddities oddities;
};

Reading read(std::string_view text, bool cut = false) {
    const Packet area = hex(text);
    Reading reading;
    wire::read_tcp_options(area, cut, reading.options, reading.oddities);
    return reading;
}

}  // namespace

TEST(TcpOptions, OfASyn) {
    const auto [options, oddities] = read("020405b4 0402 080a 00000064 00000000 01 030307");
    EXPECT_EQ(options.mss, 1460);
    EXPECT_TRUE(options.sack_permitted);
    EXPECT_TRUE(options.has_timestamps);
    EXPECT_EQ(options.tsval, 100U);
    EXPECT_EQ(options.tsecr, 0U);
    EXPECT_EQ(options.window_scale, 7);
    EXPECT_NE(options.layout, 0);
    EXPECT_EQ(oddities, Oddities{});
}

TEST(TcpOptions, ScaleAboveFourteenReadsAsFourteen) {
    EXPECT_EQ(read("0303ff").options.window_scale, 14);
    EXPECT_EQ(read("030300").options.window_scale, 0);
    EXPECT_EQ(read("01").options.window_scale, -1);
}

TEST(TcpOptions, SackBlocks) {
    const auto options =
        read("0101 051a 00000001 00000002 00000003 00000004 fffffff0 00000005").options;
    ASSERT_EQ(options.sack_count, 3);
    EXPECT_EQ(options.sack[0], (SackBlock{Seq(1), Seq(2)}));
    EXPECT_EQ(options.sack[2], (SackBlock{Seq(0xfffffff0), Seq(5)}));
}

TEST(TcpOptions, UsualTimestampsReadLikeAllOthers) {
    const auto usual = read("0101 080a 00000005 00000006");
    const auto with_more = read("0101 080a 00000005 00000006 00");
    EXPECT_EQ(usual.options.tsval, 5U);
    EXPECT_EQ(usual.options.tsecr, 6U);
    EXPECT_EQ(with_more.options.tsval, 5U);
    EXPECT_NE(usual.options.layout, with_more.options.layout);
    // The same kinds without the short cut.
    EXPECT_EQ(read("0101 080a 00000005 00000006 02", true).options.layout, usual.options.layout);
}

TEST(TcpOptions, LayoutIsTheOrderOfKinds) {
    EXPECT_EQ(read("020405b4 0402").options.layout, read("02040218 0402").options.layout);
    EXPECT_NE(read("020405b4 0402").options.layout, read("0402 020405b4").options.layout);
    EXPECT_EQ(read("").options.layout, 0);
}

TEST(TcpOptions, FastOpen) {
    EXPECT_TRUE(read("2202").options.has_fast_open);
    EXPECT_EQ(read("2202").options.fast_open_cookie_length, 0);
    EXPECT_EQ(read("220a 0102030405060708").options.fast_open_cookie_length, 8);
    EXPECT_EQ(read("fe0c f989 0102030405060708").options.fast_open_cookie_length, 8);
    EXPECT_FALSE(read("fe04 1234").options.has_fast_open);
}

TEST(TcpOptions, Multipath) {
    EXPECT_EQ(read("1e04 0081").options.mptcp_subtype, 0);
    const auto join = read("1e0c 1002 aabbccdd 00000001").options;
    EXPECT_EQ(join.mptcp_subtype, 1);
    EXPECT_EQ(join.mptcp_token, 0xaabbccddU);
    const auto reset = read("1e04 8004").options;
    EXPECT_EQ(reset.mptcp_subtype, 8);
    EXPECT_EQ(reset.mptcp_reset_reason, 4);
    EXPECT_EQ(read("1e0c 7000 0102030405060708 1e04 8006").options.mptcp_reset_reason, 6);
    EXPECT_EQ(read("").options.mptcp_reset_reason, -1);
}

TEST(TcpOptions, Signatures) {
    EXPECT_TRUE(read("1312 00000000000000000000000000000000").options.has_md5);
    EXPECT_TRUE(read("1d10 0102 000000000000000000000000").options.has_ao);
}

TEST(TcpOptions, UnknownOnesAreSteppedOver) {
    EXPECT_EQ(read("4606 01020304 020405b4").options.mss, 1460);
    EXPECT_EQ(read("4606 01020304 020405b4").oddities, Oddities{});
}

TEST(TcpOptions, NothingIsReadBehindTheEnd) {
    EXPECT_EQ(read("00 020405b4").options.mss, 0);
    EXPECT_EQ(read("00 020405b4").oddities, Oddities{});
}

TEST(TcpOptions, WrongLengthsAreMalformedAndHarmless) {
    for (const char* text : {"02", "0200", "0201", "02ff05b4", "080a0000", "0502", "0503 00",
                             "0800000000", "030207", "ff00", "1e02", "0405 000000"}) {
        const auto reading = read(text);
        EXPECT_EQ(reading.options.mss, 0) << text;
        EXPECT_EQ(reading.options.sack_count, 0) << text;
        EXPECT_FALSE(reading.options.has_timestamps) << text;
    }
    EXPECT_TRUE(read("0200").oddities.has(Oddity::options_malformed));
    EXPECT_TRUE(read("02ff05b4").oddities.has(Oddity::options_malformed));
    EXPECT_EQ(read("020305 0402").options.sack_permitted, true) << "goes on behind it";
}

TEST(TcpOptions, CutOnesAreUnknownNotMalformed) {
    for (const char* text : {"02", "020405", "020405b4 08", "020405b4 080a 0000"}) {
        const auto oddities = read(text, true).oddities;
        EXPECT_TRUE(oddities.has(Oddity::options_cut)) << text;
        EXPECT_FALSE(oddities.has(Oddity::options_malformed)) << text;
    }
    EXPECT_EQ(read("020405b4 08", true).options.mss, 1460);
}

}  // namespace tcpwhy
