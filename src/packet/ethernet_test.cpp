#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

TunnelChain chain_of(const Packet& packet) {
    Decoder decode;
    const Decoded& decoded = decode.frame(packet);
    EXPECT_TRUE(is_the_syn(decoded));
    return decoded.segment.ip.chain;
}

}  // namespace

TEST(Ethernet, PaddingIsNoPayload) {
    Decoder decode;
    const Packet ack = hex("9c40 0050 01020305 05060708 5010 01f6 0000 0000");
    const Decoded& decoded = decode.frame(ethernet("0800", ipv4(6, ack)) + hex("000000000000"));
    ASSERT_EQ(decoded.kind, PacketKind::segment);
    EXPECT_EQ(decoded.segment.length, 0U);
    EXPECT_TRUE(decoded.segment.payload.empty());
}

TEST(Ethernet, OtherFramesCarryNoIp) {
    Decoder decode;
    EXPECT_EQ(decode.frame(ethernet("88cc", hex("0207040200"))).kind, PacketKind::not_ip);   // LLDP
    EXPECT_EQ(decode.frame(ethernet("0026", hex("424203 0000"))).kind, PacketKind::not_ip);  // STP
    EXPECT_EQ(decode.frame(ethernet("8863", hex("1109 0000"))).kind, PacketKind::not_ip);
}

TEST(Ethernet, VlanIdsAreTheChain) {
    const TunnelChain vlan5 = chain_of(ethernet("8100 0005 0800", inner()));
    EXPECT_NE(vlan5, 0U);
    EXPECT_NE(vlan5, chain_of(ethernet("8100 0006 0800", inner())));
    EXPECT_EQ(vlan5, chain_of(ethernet("8100 e005 0800", inner()))) << "priority is not the id";
    EXPECT_EQ(vlan5, chain_of(ethernet("8100 0005 0800", inner(backward))));
}

TEST(Ethernet, PriorityTagNamesNoVlan) {
    EXPECT_EQ(chain_of(ethernet("8100 6000 0800", inner())), 0U);
}

TEST(Ethernet, StackedVlansAreReadFromTheOutside) {
    const TunnelChain five_in_seven = chain_of(ethernet("88a8 0007 8100 0005 0800", inner()));
    EXPECT_NE(five_in_seven, chain_of(ethernet("88a8 0005 8100 0007 0800", inner())));
    EXPECT_EQ(five_in_seven, chain_of(ethernet("9100 0007 8100 0005 0800", inner())));
}

TEST(Ethernet, VlanMayHoldALengthAndSnap) {
    EXPECT_NE(chain_of(ethernet("8100 0005 0040 aaaa03 000000 0800", inner())), 0U);
}

TEST(Ethernet, PppoeSessionIsTheChain) {
    const TunnelChain one = chain_of(ethernet("8864 11 00 0001 0042 0021", inner()));
    EXPECT_NE(one, 0U);
    EXPECT_NE(one, chain_of(ethernet("8864 11 00 0002 0042 0021", inner())));
}

TEST(Ethernet, ProviderBackboneAndPortTags) {
    const Packet customer = ethernet("0800", inner());
    EXPECT_NE(chain_of(ethernet("88e7 00 000123", customer)), 0U);
    EXPECT_EQ(chain_of(ethernet("893f 0000 0000 0000 0800", inner())), 0U);
}

TEST(Ethernet, MacsecIsReadWhereItOnlySigns) {
    Decoder decode;
    EXPECT_EQ(chain_of(ethernet("88e5 00 00 00000001 0800", inner())), 0U);
    EXPECT_EQ(chain_of(ethernet("88e5 20 00 00000001 0200000000010001 0800", inner())), 0U);
    EXPECT_EQ(decode.frame(ethernet("88e5 2c 00 00000001 0200000000010001", inner())).kind,
              PacketKind::encrypted);
}

TEST(Mpls, LabelsLeaveNoTrace) {
    EXPECT_EQ(chain_of(ethernet("8847 00010140", inner())), 0U);
    EXPECT_EQ(chain_of(ethernet("8847 00010040 00020140", inner(backward))), 0U);
}

TEST(Mpls, PseudoWireCarriesEthernet) {
    const Packet frame = ethernet("0800", inner());
    EXPECT_EQ(chain_of(ethernet("8847 00010140 00000000", frame)), 0U);  // with control word
    EXPECT_EQ(chain_of(ethernet("8847 00010140", frame)), 0U);
    // A hardware address that begins like an IPv4 header.
    EXPECT_EQ(chain_of(ethernet("8847 00010140", hex("45ffffffffff 020000000002 0800") + inner())),
              0U);
}

TEST(Mpls, EndlessStackIsMalformed) {
    Decoder decode;
    Packet labels;
    for (int i = 0; i < 100; ++i) labels = labels + hex("00010040");
    EXPECT_NE(decode.frame(ethernet("8847", labels)).kind, PacketKind::segment);
}

}  // namespace tcpwhy
