#include "support/stage.h"

#include <gmock/gmock.h>

#include <memory>

#include "packet/decode.h"
#include "support/variation.h"

namespace tcpwhy::test {

/// The packets of a text as the decoder reads them.
class StageTest : public testing::Test {
protected:
    std::vector<Decoded> played(const std::string& packets, const StageOptions& options = {}) {
        const auto all = parse_conversations("test", "conversation: test\n" + packets);
        EXPECT_TRUE(all) << (all ? "" : all.error().what);
        if (!all) return {};
        Stage stage(all->front(), options);
        auto staged = stage.play();
        EXPECT_TRUE(staged) << (staged ? "" : staged.error().what);
        std::vector<Decoded> result;
        for (const auto& packet : staged.value_or(std::vector<StagedPacket>{})) {
            frames_.push_back(*frame_of(Link::ethernet, packet.datagram));
            RawPacket raw;
            raw.frame = result.size() + 1;
            raw.bytes = frames_.back();
            raw.original_length = static_cast<std::uint32_t>(frames_.back().size());
            decode(raw, *fragments_, result.emplace_back());
        }
        return result;
    }

    std::vector<Octets> frames_;
    std::unique_ptr<FragmentTable> fragments_ = std::make_unique<FragmentTable>();
};

static const std::string handshake = R"(
    0.000  client > server  S   0
    0.010  server > client  S.  0  ack 1
    0.011  client > server  P.  1:11(10)  ack 1
)";

TEST_F(StageTest, NumbersAreRelativeToEachSidesSyn) {
    for (const auto numbers : {Numbers::scattered, Numbers::zero, Numbers::near_wrap}) {
        const auto packets = played(handshake, {.numbers = numbers});
        ASSERT_EQ(packets.size(), 3U);
        const Segment& data = packets[2].segment;
        EXPECT_EQ(data.seq, packets[0].segment.seq.plus(1));
        EXPECT_EQ(data.ack, packets[1].segment.seq.plus(1));
        EXPECT_EQ(data.length, 10U);
        EXPECT_EQ(data.oddities, Oddities{});
    }
}

TEST_F(StageTest, UsualOptionsAreThoseOfLinux) {
    const auto packets = played(handshake);
    EXPECT_EQ(packets[0].segment.options.mss, 1460);
    EXPECT_EQ(packets[0].segment.options.window_scale, 7);
    EXPECT_TRUE(packets[1].segment.options.sack_permitted);
    EXPECT_EQ(packets[1].segment.options.tsecr, packets[0].segment.options.tsval);
    EXPECT_EQ(packets[2].segment.options.tsecr, packets[1].segment.options.tsval);
    EXPECT_EQ(packets[2].segment.options.mss, 0);
}

TEST_F(StageTest, ASynAckTakesOnlyWhatWasOffered) {
    const auto packets = played("0 client > server S 0 <mss 1400>\n0 server > client S. 0 ack 1");
    EXPECT_EQ(packets[1].segment.options.window_scale, -1);
    EXPECT_FALSE(packets[1].segment.options.has_timestamps);
}

TEST_F(StageTest, AClosedPortsResetIsThatOfLinux) {
    const auto packets = played("0 client > server S 0\n0 server > client R. 0 ack 1");
    const Segment& reset = packets[1].segment;
    EXPECT_EQ(reset.seq, Seq(0));
    EXPECT_EQ(reset.ack, packets[0].segment.seq.plus(1));
    EXPECT_EQ(reset.window, 0);
    EXPECT_EQ(reset.ip.ip_id, 0);
    EXPECT_TRUE(reset.ip.dont_fragment);
    EXPECT_EQ(reset.options, TcpOptions{});
}

TEST_F(StageTest, AnAbortedSocketsResetHasTimestampsAndAnId) {
    const auto packets = played(handshake + "1 server > client R. 1 ack 11");
    EXPECT_TRUE(packets[3].segment.options.has_timestamps);
    EXPECT_NE(packets[3].segment.ip.ip_id, 0);
    EXPECT_NE(packets[3].segment.window, 0);
}

TEST_F(StageTest, FieldsReachThePacket) {
    const auto packets = played(
        "0 client > server SU 0 win 9 [ttl 7, id 5, tos 0x48, nodf, urg 3, bad checksum, "
        "raw seq 77]");
    const Segment& syn = packets[0].segment;
    EXPECT_EQ(syn.window, 9);
    EXPECT_EQ(syn.ip.ttl, 7);
    EXPECT_EQ(syn.ip.ip_id, 5);
    EXPECT_EQ(syn.ip.tos, 0x48);
    EXPECT_FALSE(syn.ip.dont_fragment);
    EXPECT_TRUE(syn.oddities.has(Oddity::urgent_pointer));
    EXPECT_EQ(syn.seq, Seq(77));
    EXPECT_TRUE(syn.oddities.has(Oddity::bad_checksum));
}

TEST_F(StageTest, ANewConnectionHasNewNumbersAndTheOldOnesStayAtHand) {
    const auto packets = played(handshake + R"(
        1 client > server S 0 [new isn -5]
        1 server > client . 1 ack 11 [old]
        1 server > client S. 0 ack 1)");
    const Seq old_client = packets[0].segment.seq;
    EXPECT_EQ(packets[3].segment.seq, old_client.minus(5));
    EXPECT_EQ(packets[4].segment.ack, old_client.plus(11));
    EXPECT_EQ(packets[5].segment.ack, old_client.minus(4));
}

TEST_F(StageTest, ACopyIsTheSamePacket) {
    const auto packets = played("0 client > server S 0\n0 client > server S 0 [copy, ttl 63]");
    EXPECT_EQ(packets[0].segment.ip.ip_id, packets[1].segment.ip.ip_id);
    EXPECT_EQ(packets[0].segment.checksum, packets[1].segment.checksum);
    EXPECT_EQ(packets[1].segment.ip.ttl, 63);
}

TEST_F(StageTest, IcmpErrorsQuoteWhatWasSentInBothFamilies) {
    for (const bool is_v6 : {false, true}) {
        const auto packets = played(
            "0 client > server S 0\n1 router > client icmp host-unreachable client > server S 0",
            {.is_v6 = is_v6});
        ASSERT_EQ(packets[1].kind, PacketKind::icmp_error);
        const IcmpError& error = packets[1].icmp_error;
        EXPECT_EQ(error.meaning, IcmpMeaning::host_unreachable);
        EXPECT_EQ(error.quoted_seq, packets[0].segment.seq);
        EXPECT_EQ(error.quoted.src, packets[0].segment.ip.src);
        EXPECT_EQ(error.quoted_dst_port, 80);
        EXPECT_TRUE(error.quoted_flags_known);
    }
}

TEST_F(StageTest, NeighborsAskAndAnswerInBothFamilies) {
    for (const bool is_v6 : {false, true}) {
        const auto packets =
            played("0 client arp who-has server\n1 server arp reply client", {.is_v6 = is_v6});
        ASSERT_EQ(packets[0].kind, PacketKind::neighbor);
        EXPECT_EQ(packets[0].neighbor.kind, NeighborMessage::Kind::request);
        const IpAddress server = packets[0].neighbor.target;
        ASSERT_EQ(packets[1].kind, PacketKind::neighbor);
        EXPECT_EQ(packets[1].neighbor.kind, NeighborMessage::Kind::reply);
        EXPECT_EQ(packets[1].neighbor.target, server);
    }
}

TEST_F(StageTest, FartherLowersEveryTtlButTheClients) {
    const auto packets = played(handshake, {.farther = 5});
    EXPECT_EQ(packets[0].segment.ip.ttl, 64);
    EXPECT_EQ(packets[1].segment.ip.ttl, 59);
}

TEST(Bystanders, StayWithinTheScriptsTimeAndOrder) {
    std::vector<StagedPacket> packets(3);
    for (std::size_t at = 0; at < packets.size(); ++at) {
        packets[at].at = std::chrono::seconds(at);
        packets[at].number = at + 1;
    }
    interleave_bystanders(packets, false);
    EXPECT_EQ(packets.size(), 11U);
    EXPECT_EQ(packets.back().number, 3U);
    for (std::size_t at = 1; at < packets.size(); ++at)
        EXPECT_LE(packets[at - 1].at, packets[at].at);
}

TEST(Variations, LeaveOutWhatTheyCannotCarry) {
    const auto all = parse_conversations("test", "conversation: t\n0 client arp who-has server");
    ASSERT_TRUE(all);
    const auto raw = render(all->front(), {"raw", false});
    ASSERT_TRUE(raw);
    EXPECT_FALSE(*raw);
    const auto sll = render(all->front(), {"sll", false});
    ASSERT_TRUE(sll);
    EXPECT_TRUE(*sll);
}

}  // namespace tcpwhy::test
