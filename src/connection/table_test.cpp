#include "connection/table.h"

#include "connection/conversation_fixture.h"

namespace tcpwhy {

using namespace std::chrono_literals;

class Table : public ConversationFixture {};

TEST_F(Table, FollowsAConnectionFromSynToTimeWait) {
    handshake();
    client(".", 1, 1, {.length = 100});
    server(".", 1, 101, {.length = 5000});
    client("F.", 101, 5001);
    server("F.", 5001, 102);
    client(".", 102, 5002);
    const Evidence& e = evidence();
    EXPECT_EQ(e.conn_state, "SF");
    EXPECT_EQ(e.history, "ShADdFf");
    EXPECT_EQ(e.client.state, TcpState::time_wait);
    EXPECT_EQ(e.server.state, TcpState::closed);
    EXPECT_EQ(e.client.bytes, 100U);
    EXPECT_EQ(e.server.bytes, 5000U);
    EXPECT_TRUE(e.client.everything_acked);
    EXPECT_TRUE(e.server.everything_acked);
}

TEST_F(Table, CountsARepeatedSynAsOneConnection) {
    client("S", 0, 0);
    pass(1s);
    client("S", 0, 0);
    pass(2s);
    client("S", 0, 0);
    const Evidence& e = evidence();
    EXPECT_EQ(sink_.all.size(), 1U);
    EXPECT_EQ(e.syns.count, 3U);
    EXPECT_EQ(e.syns.span(), 3020ms);
    EXPECT_EQ(e.conn_state, "S0");
    EXPECT_EQ(e.history, "S");
    EXPECT_EQ(e.client.state, TcpState::syn_sent);
    EXPECT_EQ(e.server.state, TcpState::unknown);
}

TEST_F(Table, ANewSequenceNumberAfterTheEndIsANewConnection) {
    client("S", 0, 0);
    server("R.", 0x10, 1);  // wire sequence number 0
    client("S", 5000, 0);
    server("R.", 0x10, 5001);
    evidence();
    ASSERT_EQ(sink_.all.size(), 2U);
    EXPECT_EQ(sink_.all[0].conn_state, "REJ");
    EXPECT_TRUE(sink_.all[1].previous.seen);
    EXPECT_TRUE(sink_.all[1].previous.reset);
}

TEST_F(Table, RecognisesTheAnswerOfAClosedPort) {
    client("S", 0, 0);
    server("R.", 0x10, 1, {.window = 0});
    const Evidence& e = evidence();
    EXPECT_EQ(e.reset.answers, Trigger::syn);
    EXPECT_TRUE(e.reset.reply_shape);
    EXPECT_FALSE(e.reset.active_shape);
    EXPECT_EQ(e.reset.position, ResetPosition::exact);
    EXPECT_EQ(e.client.state, TcpState::closed);
    EXPECT_EQ(e.history, "Sr");
}

TEST_F(Table, ARetransmissionWithoutAnswerIsARunThatProgressEnds) {
    handshake();
    client(".", 1, 1, {.length = 100});
    pass(200ms);
    client(".", 1, 1, {.length = 100});
    pass(400ms);
    client(".", 1, 1, {.length = 100});
    server(".", 1, 101);
    client(".", 101, 1, {.length = 100});
    pass(200ms);
    client(".", 101, 1, {.length = 100});
    const Evidence& e = evidence();
    EXPECT_EQ(e.client.retransmitted, 3U);
    EXPECT_EQ(e.client.unanswered.count, 1U);
    EXPECT_EQ(e.client.unanswered_original.frame, 8U);
    EXPECT_EQ(e.client.unacked_bytes, 100U);
}

TEST_F(Table, AKeepaliveIsNoRetransmission) {
    handshake();
    pass(60s);
    client(".", 0, 1);
    server(".", 1, 1);
    pass(60s);
    client(".", 0, 1);
    pass(1s);
    client(".", 0, 1);
    const Evidence& e = evidence();
    EXPECT_EQ(e.client.retransmitted, 0U);
    EXPECT_EQ(e.client.keepalives_answered, 1U);
    EXPECT_EQ(e.client.keepalive_probes.count, 2U);
}

TEST_F(Table, AWindowProbeIsNoKeepalive) {
    handshake();
    client(".", 1, 1, {.length = 100});
    server(".", 1, 101, {.window = 0});
    pass(200ms);
    client(".", 100, 1);
    pass(400ms);
    client(".", 100, 1);
    const Evidence& e = evidence();
    EXPECT_EQ(e.client.keepalive_probes.count, 0U);
    EXPECT_EQ(e.client.window_probes.count, 2U);
    EXPECT_TRUE(e.server.zero_window_at_end);
}

TEST_F(Table, ACaptureThatStartsLateGuessesTheClientByThePort) {
    server(".", 1, 1, {.length = 100});
    client(".", 1, 101);
    const Evidence& e = evidence();
    EXPECT_TRUE(e.quality.starts_midstream);
    EXPECT_TRUE(e.quality.client_guessed);
    EXPECT_EQ(e.server.address.port, 80);
    EXPECT_EQ(e.conn_state, "OTH");
}

TEST_F(Table, ASegmentSeenTwiceCountsOnce) {
    client("S", 0, 0, {.ttl = 64, .ip_id = 77});
    now_ -= 10ms;
    client("S", 0, 0, {.ttl = 63, .ip_id = 77});
    const Evidence& e = evidence();
    EXPECT_EQ(e.client.packets, 1U);
    EXPECT_TRUE(e.quality.copies_removed);
}

TEST_F(Table, LetsTheOldestIdleGoWhenItIsFull) {
    for (std::uint16_t port = 1; port <= 150; ++port) {
        client_port_ = static_cast<std::uint16_t>(1000 + port);
        client("S", 0, 0);
    }
    evidence();
    ASSERT_EQ(sink_.all.size(), 150U);
    EXPECT_TRUE(sink_.all.front().quality.evicted);
    EXPECT_EQ(sink_.all.front().client.address.port, 1001);
    EXPECT_FALSE(sink_.all.back().quality.evicted);
    EXPECT_EQ(table_.counts().connections, 150U);
    EXPECT_GT(table_.counts().evicted, 0U);
}

TEST_F(Table, AnOddSynThatIsAnsweredOpensANewConnection) {
    handshake();
    client(".", 1, 1, {.length = 10});
    server(".", 1, 11);
    client("S", 100000, 0);
    server("S.", 500000, 100001);
    evidence();
    ASSERT_EQ(sink_.all.size(), 2U);
    EXPECT_FALSE(sink_.all[0].forged_syn);
    EXPECT_EQ(sink_.all[1].syn_acks.count, 1U);
    EXPECT_TRUE(sink_.all[1].previous.seen);
}

TEST_F(Table, AResetByAHostThatGoesOnIsNotItsOwn) {
    handshake();
    client(".", 1, 1, {.length = 10});
    server("R", 1, 0, {.window = 0, .ttl = 51});
    server(".", 1, 11, {.length = 500});
    const Evidence& e = evidence();
    EXPECT_TRUE(e.reset.sender_spoke_after);
    EXPECT_EQ(e.reset.ttl_difference, -13);
}

}  // namespace tcpwhy
