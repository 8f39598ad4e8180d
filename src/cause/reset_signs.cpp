#include "cause/reset_signs.h"

#include <cstdlib>

#include "cause/thresholds.h"

namespace tcpwhy::cause {

namespace {

bool closed_after(const Evidence& e, const Moment& moment) {
    return e.client.fin_acked && e.server.fin_acked && e.client.fin.frame > moment.frame &&
           e.server.fin.frame > moment.frame;
}

// A host may use another initial TTL (64, 128, 255) for its resets than for its sockets: then the
// distance is the same although the TTL is not.
bool is_other_initial_ttl(int difference) {
    const int size = std::abs(difference);
    return size == 255 - 64 || size == 255 - 128 || size == 128 - 64;
}

bool is_near(int difference) {
    return difference != 0 && std::abs(difference) <= route_ttl_noise;
}

// What no TCP makes of a complete capture: neither its socket's own reset nor an answer.
bool is_of_no_shape(const ResetFacts& r, const Evidence& e) {
    const bool complete =
        !e.quality.starts_midstream && !e.quality.one_direction && !e.quality.lost_packets;
    const bool answer = r.reply_shape && answers_promptly(r);
    return complete && e.established && !r.active_shape && !answer;
}

}  // namespace

bool reset_was_ignored(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (!r.moment) return false;
    if (closed_after(e, r.moment)) return true;
    const EvidenceSide& receiver = e.side(other(r.moment.from));
    const bool inexact =
        r.position == ResetPosition::inside || r.position == ResetPosition::outside;
    if (inexact && receiver.challenge_acks.last.frame > r.moment.frame) return true;
    const bool receiver_went_on = receiver.last.frame > r.moment.frame;
    if (!r.sender_spoke_after || !receiver_went_on) return false;
    // Packets on the way when the reset came are no sign of life; those of much later are.
    return inexact || receiver.last.time - r.moment.time > initial_rto;
}

std::string_view no_reset_that_ended_it(const Evidence& e) {
    if (!e.reset.moment) return "no reset was seen";
    // Where one direction is missing, the other's acknowledgements stand for the handshake.
    if (!e.established && !e.quality.one_direction) {
        return "the reset came before the connection was established";
    }
    if (reset_was_ignored(e)) return "the connection went on after the reset";
    return {};
}

bool answers_promptly(const ResetFacts& reset) {
    return reset.answers != Trigger::none && reset.since_trigger <= prompt_answer;
}

bool follows_traffic(const ResetFacts& reset) {
    if (answers_promptly(reset)) return true;
    return reset.answers == Trigger::none && reset.idle_before <= prompt_answer;
}

bool sender_sent_only_resets(const Evidence& e) {
    if (!e.reset.moment) return false;
    const bool from_client = e.reset.moment.from == Party::client;
    const std::uint32_t resets = from_client ? e.resets_from_client : e.resets_from_server;
    return e.side(e.reset.moment.from).packets <= resets;
}

bool nothing_but_resets(const Evidence& e) {
    return e.reset.moment &&
           e.client.packets + e.server.packets <= e.resets_from_client + e.resets_from_server;
}

bool from_another_distance(const ResetFacts& reset) {
    if (!reset.ttl_known || reset.ttl_difference == 0) return false;
    return !is_near(reset.ttl_difference) && !is_other_initial_ttl(reset.ttl_difference);
}

Origin origin_of(const ResetFacts& r, const Evidence& e) {
    if (from_another_distance(r)) return Origin::foreign;
    const int signs = (r.ip_id_foreign ? 1 : 0) + (r.lacks_timestamps ? 1 : 0) +
                      (r.window_foreign ? 1 : 0) + (r.sender_spoke_after ? 1 : 0) +
                      (e.resets_step ? 1 : 0) + (is_of_no_shape(r, e) ? 1 : 0);
    // Route noise alone says nothing; beside another sign it does.
    const bool other_ttl = r.ttl_known && r.ttl_difference != 0;
    if (signs >= 2 || (signs == 1 && other_ttl)) return Origin::foreign;
    return signs == 1 ? Origin::doubtful : Origin::own;
}

bool window_shows_unread_data(const Evidence& e) {
    return e.window_shut_before_reset && e.window_reopened_in_reset &&
           e.side(other(e.reset.moment.from)).bytes != 0;
}

bool left_data_unanswered(const Evidence& e) {
    if (e.peer_data_unanswered) return true;
    const ResetFacts& r = e.reset;
    const EvidenceSide& sender = e.side(r.moment.from);
    const EvidenceSide& peer = e.side(other(r.moment.from));
    if (!r.active_shape || !peer.last_data) return false;
    if (!sender.last_data) return r.moment.ack.is_after(peer.isn.plus(1));
    return r.moment.ack.is_after(sender.last_data.ack);
}

bool server_spoke_last(const Evidence& e) {
    if (!e.client.last_data) return true;
    return e.server.last_data.frame > e.client.last_data.frame;
}

}  // namespace tcpwhy::cause
