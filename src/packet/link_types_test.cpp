#include "packet/link_types.h"

#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

struct LinkCase {
    LinkType type;
    const char* header;
};

class LinkTypeTest : public testing::TestWithParam<LinkCase> {};

}  // namespace

TEST_P(LinkTypeTest, FindsTheSegmentBehindTheHeader) {
    Decoder decode;
    EXPECT_TRUE(link_type_is_known(GetParam().type));
    EXPECT_TRUE(is_the_syn(decode(GetParam().type, hex(GetParam().header) + inner())));
    EXPECT_EQ(decode(GetParam().type, hex(GetParam().header) + inner()).segment.ip.chain, 0U);
}

TEST_P(LinkTypeTest, SurvivesAHeaderCutAnywhere) {
    Decoder decode;
    const Packet header = hex(GetParam().header);
    for (std::size_t size = 0; size < header.size(); ++size) {
        const Packet cut(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_NE(decode(GetParam().type, cut, 100).kind, PacketKind::segment) << size;
    }
}

constexpr LinkCase link_cases[] = {
    {0, "02000000"},  // AF_INET, written by a little-endian machine
    {0, "00000002"},  // …by a big-endian one
    {108, "00000002"},
    {1, "020000000001 020000000002 0800"},
    {1, "020000000001 020000000002 0054 aaaa03 000000 0800"},  // IEEE 802.3 with SNAP
    {1, "020000000001 020000000002 0054 060603"},              // …with IP's own SAP
    {6, "10 40 020000000001 020000000002 aaaa03 000000 0800"},
    {6, "10 40 020000000001 820000000002 0430 0010 aaaa03 000000 0800"},  // source-routed
    {8, "00 00000000000000 0000000000000000"},
    {9, "0021"},
    {9, "21"},  // compressed protocol field
    {9, "ff03 0021"},
    {10, "50 020000000001 020000000002 aaaa03 000000 0800"},
    {12, ""},
    {14, ""},
    {50, "ff03 0021"},
    {50, "0f00 0800"},  // Cisco HDLC on the same kind of line
    {100, "aaaa03 000000 0800"},
    {101, ""},
    {104, "0f00 0800"},
    {105, "0801 0000 020000000001 020000000002 020000000003 1000 aaaa03 000000 0800"},
    {107, "1841 03 cc"},
    {107, "1841 03 00 80 000000 0800"},
    {107, "1841 0800"},
    {109, "02000000 00001234 00000000"},
    {113, "0000 0001 0006 020000000001 0000 0800"},
    {117,
     "3d 02 00 00"  // 61 bytes, padded to 64
     "6c6f30 00000000000000000000000000"
     "00000000000000000000000000000000 00000000000000000000000000000000"
     "00000000 00000000 0000 0000"},
    {119,
     "44000000 90000000 00000000000000000000000000000000 000000000000000000000000"
     "00000000000000000000000000000000 00000000000000000000000000000000"
     "00000000000000000000000000000000 00000000000000000000000000000000"
     "00000000000000000000000000000000 00000000000000000000000000000000"
     "000000000000000000000000"
     "0801 0000 020000000001 020000000002 020000000003 1000 aaaa03 000000 0800"},
    {119,
     "80211001 0000000c 00000000"  // AVS in the Prism header's place
     "0801 0000 020000000001 020000000002 020000000003 1000 aaaa03 000000 0800"},
    {122, "0000020000000001 0000020000000002 aaaa03 000000 0800"},
    {127,
     "00 00 0800 00000000"
     "0801 0000 020000000001 020000000002 020000000003 1000 aaaa03 000000 0800"},
    {138, "0200000000000001 0200000000000002 0800"},
    {143, "00 00 0042 0000 020000000001 020000000002 0800"},
    {163,
     "80211002 0000000c 00000000"
     "0801 0000 020000000001 020000000002 020000000003 1000 aaaa03 000000 0800"},
    {166, "0103 0021"},
    {192,
     "00 00 0800 69000000"
     "0801 0000 020000000001 020000000002 020000000003 1000 aaaa03 000000 0800"},
    {204, "01 ff03 0021"},
    {205, "01 0f00 0800"},
    {219, "00010140"},
    {226, "01 02 0000 00000000 00000000 00000000 00000000 00000000"},
    {228, ""},
    {239,
     "02 00 0000"
     "0800 0100 08000000"                              // packet header
     "0600 0a00 61620000"                              // prefix, padded
     "4000 0900"},                                     // payload
    {239, "02 00 0000 0008 0001 08000000 0040 0009"},  // by a big-endian machine
    {240, "00000000 020000000001 020000000002 0800"},
    {242,
     "00000000000000000000000000000000 00000000000000000000000000000000"
     "0000000000000000 0800 0000"},
    {259, "55555555 00005510 020000000001 020000000002 0800"},
    {276, "0800 0000 00000002 0001 00 06 020000000001 0000"},
    {281, "020000000001 020000000002 00000000 0800"},
    {282, "00000000 020000000001 020000000002 0800"},
    {284, "020000000001 020000000002 00000000 0800"},
};

INSTANTIATE_TEST_SUITE_P(All, LinkTypeTest, testing::ValuesIn(link_cases), [](const auto& one) {
    return std::to_string(one.param.type) + "_" + std::to_string(one.index);
});

TEST(LinkTypes, CarryIpv6Too) {
    Decoder decode;
    const Packet packet = ipv6(6, tcp_syn());
    EXPECT_TRUE(is_the_syn(decode(0, hex("1e000000") + packet)));    // Darwin
    EXPECT_TRUE(is_the_syn(decode(108, hex("00000018") + packet)));  // OpenBSD
    EXPECT_TRUE(is_the_syn(decode(101, packet)));
    EXPECT_TRUE(is_the_syn(decode(229, packet)));
    EXPECT_TRUE(is_the_syn(decode(9, hex("57") + packet)));
    EXPECT_TRUE(is_the_syn(decode(107, hex("1841 03 8e") + packet)));
}

TEST(LinkTypes, PppoeOfAWholeLinkIsPartOfTheChain) {
    Decoder decode;
    EXPECT_TRUE(is_the_syn(decode(51, hex("11 00 0007 003e 0021") + inner())));
    EXPECT_NE(decode(51, hex("11 00 0007 003e 0021") + inner()).segment.ip.chain, 0U);
}

TEST(LinkTypes, UnknownOnesAreSaidByName) {
    Decoder decode;
    EXPECT_EQ(decode(195, inner()).kind, PacketKind::unknown_link_type);
    EXPECT_FALSE(link_type_is_known(195));
    EXPECT_EQ(link_type_name(195), "IEEE802_15_4 (IEEE 802.15.4 with FCS)");
    EXPECT_EQ(link_type_name(1), "EN10MB (Ethernet)");
    EXPECT_EQ(link_type_name(60000), "");
}

TEST(LinkTypes, EveryOneThatIsReadHasAName) {
    for (LinkType type = 0; type < 400; ++type) {
        EXPECT_TRUE(!link_type_is_known(type) || !link_type_name(type).empty()) << type;
    }
}

TEST(LinkTypes, FramesWithoutIpAreNoSegments) {
    Decoder decode;
    EXPECT_EQ(decode(0, hex("07000000 00000000")).kind, PacketKind::not_ip);
    EXPECT_EQ(decode(9, hex("c021 01 01 0004")).kind, PacketKind::not_ip);  // LCP
    EXPECT_EQ(decode(113, hex("0000 0338 0000 0000000000000000 0000 01020304")).kind,
              PacketKind::not_ip);  // netlink
    EXPECT_EQ(decode(6, hex("10 00 020000000001 020000000002 0000")).kind, PacketKind::not_ip);
}

}  // namespace tcpwhy
