#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;
using Kind = NeighborMessage::Kind;

namespace {

Packet arp(std::string_view operation, std::string_view sender, std::string_view target) {
    return hex("0001 0800 06 04") + hex(operation) + hex("020000000002") + hex(sender) +
           hex("000000000000") + hex(target);
}

}  // namespace

TEST(Arp, RequestAsksForItsTarget) {
    Decoder decode;
    const Decoded& decoded = decode.frame(ethernet("0806", arp("0001", "0a000001", "0a000063")));
    ASSERT_EQ(decoded.kind, PacketKind::neighbor);
    EXPECT_EQ(decoded.neighbor.kind, Kind::request);
    EXPECT_EQ(decoded.neighbor.sender.to_string(), "10.0.0.1");
    EXPECT_EQ(decoded.neighbor.target.to_string(), "10.0.0.99");
    EXPECT_EQ(decoded.neighbor.frame, 1U);
    EXPECT_EQ(decoded.neighbor.chain, 0U);
}

TEST(Arp, ReplySpeaksForItsSender) {
    Decoder decode;
    const Decoded& decoded = decode.frame(ethernet("0806", arp("0002", "0a000063", "0a000001")));
    EXPECT_EQ(decoded.neighbor.kind, Kind::reply);
    EXPECT_EQ(decoded.neighbor.sender.to_string(), "10.0.0.99");
    EXPECT_EQ(decoded.neighbor.target.to_string(), "10.0.0.99");
}

TEST(Arp, AnnouncementIsAReplyThatNobodyAskedFor) {
    Decoder decode;
    const Decoded& decoded = decode.frame(ethernet("0806", arp("0001", "0a000001", "0a000001")));
    EXPECT_EQ(decoded.neighbor.kind, Kind::reply);
    EXPECT_EQ(decoded.neighbor.target.to_string(), "10.0.0.1");
}

TEST(Arp, ProbeHasNoSender) {
    Decoder decode;
    const Decoded& decoded = decode.frame(ethernet("0806", arp("0001", "00000000", "0a000001")));
    EXPECT_EQ(decoded.neighbor.kind, Kind::request);
    EXPECT_TRUE(decoded.neighbor.sender.is_unspecified());
}

TEST(Arp, OverACookedCaptureInAVlan) {
    Decoder decode;
    EXPECT_EQ(decode(113, hex("0000 0001 0006 020000000001 0000 0806") +
                              arp("0001", "0a000001", "0a000063"))
                  .kind,
              PacketKind::neighbor);
    EXPECT_NE(decode.frame(ethernet("8100 0005 0806", arp("0001", "0a000001", "0a000063")))
                  .neighbor.chain,
              0U);
}

TEST(Arp, OtherKindsAndCutOnesAreNoNeighbours) {
    Decoder decode;
    EXPECT_EQ(decode.frame(ethernet("0806", arp("0003", "0a000001", "0a000063"))).kind,
              PacketKind::not_ip);
    const Packet whole = ethernet("0806", arp("0001", "0a000001", "0a000063"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Packet cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(decode.frame(cut, whole.size() - size).kind, PacketKind::malformed) << size;
    }
}

TEST(NeighborDiscovery, SolicitationAsksForItsTarget) {
    Decoder decode;
    const Decoded& decoded = decode.ip(
        ipv6(58, hex("8700 0000 00000000 20010db8000000000000000000000063 0101 020000000001")));
    ASSERT_EQ(decoded.kind, PacketKind::neighbor);
    EXPECT_EQ(decoded.neighbor.kind, Kind::request);
    EXPECT_EQ(decoded.neighbor.sender.to_string(), "2001:db8::1");
    EXPECT_EQ(decoded.neighbor.target.to_string(), "2001:db8::63");
}

TEST(NeighborDiscovery, AdvertisementAnswersForItsTarget) {
    Decoder decode;
    const Decoded& decoded =
        decode.ip(ipv6(58, hex("8800 0000 60000000 20010db8000000000000000000000063")));
    ASSERT_EQ(decoded.kind, PacketKind::neighbor);
    EXPECT_EQ(decoded.neighbor.kind, Kind::reply);
    EXPECT_EQ(decoded.neighbor.target.to_string(), "2001:db8::63");
}

TEST(NeighborDiscovery, CutOnesAreOrdinaryPackets) {
    Decoder decode;
    EXPECT_EQ(decode.ip(ipv6(58, hex("8700 0000 00000000 20010db8"))).kind, PacketKind::other_ip);
}

}  // namespace tcpwhy
