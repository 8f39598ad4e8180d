#include "cause/reset_signs.h"

#include <gtest/gtest.h>

#include "cause/thresholds.h"

namespace tcpwhy::cause {
namespace {

using namespace std::chrono_literals;

Moment moment(std::uint64_t frame, Party from, Duration at) {
    Moment m;
    m.frame = frame;
    m.from = from;
    m.time = Timestamp{} + at;
    return m;
}

/// An established connection that the server's reset ended in frame 10, after one second.
Evidence reset_by_server() {
    Evidence e;
    e.established = true;
    e.resets_from_server = 1;
    e.client.packets = 5;
    e.server.packets = 5;
    e.client.last = moment(9, Party::client, 900ms);
    e.server.last = moment(8, Party::server, 800ms);
    e.reset.moment = moment(10, Party::server, 1s);
    e.reset.position = ResetPosition::exact;
    e.reset.active_shape = true;
    e.reset.ttl_known = true;
    return e;
}

TEST(ResetWasIgnored, NotWhenNothingFollows) {
    EXPECT_FALSE(reset_was_ignored(reset_by_server()));
}

TEST(ResetWasIgnored, WhenItMissedAndBothSidesWentOn) {
    Evidence e = reset_by_server();
    e.reset.position = ResetPosition::outside;
    e.reset.sender_spoke_after = true;
    e.client.last = moment(12, Party::client, 1100ms);
    EXPECT_TRUE(reset_was_ignored(e));
}

TEST(ResetWasIgnored, WhenItWasChallenged) {
    Evidence e = reset_by_server();
    e.reset.position = ResetPosition::inside;
    e.client.challenge_acks = {1, moment(11, Party::client, 1s), moment(11, Party::client, 1s)};
    EXPECT_TRUE(reset_was_ignored(e));
}

TEST(ResetWasIgnored, NotByPacketsThatWereOnTheirWay) {
    Evidence e = reset_by_server();
    e.reset.sender_spoke_after = true;
    e.client.last = moment(12, Party::client, 1050ms);
    EXPECT_FALSE(reset_was_ignored(e));
}

TEST(OriginOfReset, IsTheSendersOwnWithoutASign) {
    const Evidence e = reset_by_server();
    EXPECT_EQ(origin_of(e.reset, e), Origin::own);
}

TEST(OriginOfReset, OneSignIsADoubtAndTwoAreAStranger) {
    Evidence e = reset_by_server();
    e.reset.lacks_timestamps = true;
    EXPECT_EQ(origin_of(e.reset, e), Origin::doubtful);
    e.reset.ip_id_foreign = true;
    EXPECT_EQ(origin_of(e.reset, e), Origin::foreign);
}

TEST(OriginOfReset, RouteNoiseAloneIsNoSign) {
    Evidence e = reset_by_server();
    e.reset.ttl_difference = route_ttl_noise;
    EXPECT_EQ(origin_of(e.reset, e), Origin::own);
    e.reset.ttl_difference = route_ttl_noise + 1;
    EXPECT_EQ(origin_of(e.reset, e), Origin::foreign);
}

TEST(OriginOfReset, AnotherInitialTtlIsTheSameDistance) {
    Evidence e = reset_by_server();
    for (const int difference : {64, -64, 127, 191}) {
        e.reset.ttl_difference = difference;
        EXPECT_FALSE(from_another_distance(e.reset)) << difference;
    }
}

TEST(OriginOfReset, AnUnknownTtlHasNoVote) {
    Evidence e = reset_by_server();
    e.reset.ttl_known = false;
    e.reset.ttl_difference = 20;
    EXPECT_EQ(origin_of(e.reset, e), Origin::own);
}

TEST(LeftDataUnanswered, ComparesWhatWasAcknowledgedBeforeAndAfterItsOwnData) {
    Evidence e = reset_by_server();
    e.client.last_data = moment(9, Party::client, 900ms);
    e.server.last_data = moment(8, Party::server, 800ms);
    e.server.last_data.ack = Seq(100);
    e.reset.moment.ack = Seq(100);
    EXPECT_FALSE(left_data_unanswered(e));
    e.reset.moment.ack = Seq(200);
    EXPECT_TRUE(left_data_unanswered(e));
}

}  // namespace
}  // namespace tcpwhy::cause
