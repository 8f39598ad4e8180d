#include "connection/states.h"

namespace tcpwhy {

namespace {

TcpState opening_state(const Connection& c, Party party) {
    const Endpoint& me = c.end(party);
    if (!me.is(Endpoint::seen) || !me.is(Endpoint::isn_known)) return TcpState::unknown;
    const bool sent_syn_ack = party == Party::server && c.syn_ack_count != 0;
    return sent_syn_ack ? TcpState::syn_received : TcpState::syn_sent;
}

// RFC 9293 figure 5, the lower half. A side closed passively if its FIN acknowledges the peer's.
TcpState closing_state(const Endpoint& me, const Endpoint& peer) {
    if (!me.has_sent_fin()) {
        return peer.fin_acked() ? TcpState::close_wait : TcpState::established;
    }
    if (!peer.has_sent_fin()) {
        return me.fin_acked() ? TcpState::fin_wait_2 : TcpState::fin_wait_1;
    }
    const bool passive = me.fin.control().ack() && me.fin.ack.is_at_or_after(peer.fin.end());
    if (passive) return me.fin_acked() ? TcpState::closed : TcpState::last_ack;
    if (me.fin_acked()) return peer.fin_acked() ? TcpState::time_wait : TcpState::fin_wait_2;
    return peer.fin_acked() ? TcpState::closing : TcpState::fin_wait_1;
}

/// Zeek's own states of an endpoint (TCP_Endpoint.h), as far as conn_state asks for them.
enum class ZeekState { inactive, partial, syn_sent, established, closed, reset };

ZeekState zeek_state(const Connection& c, Party party, bool sent_reset) {
    const Endpoint& me = c.end(party);
    const Endpoint& peer = c.end(other(party));
    // A reset after both FINs changes nothing any more.
    if (me.has_sent_fin() && peer.has_sent_fin()) return ZeekState::closed;
    if (sent_reset) return ZeekState::reset;
    if (me.has_sent_fin()) return ZeekState::closed;
    if (!me.is(Endpoint::seen)) return ZeekState::inactive;
    if (!me.is(Endpoint::isn_known)) {
        // Its SYN was missed, but it acknowledged the SYN-ACK.
        if (party == Party::client && c.syn_ack_count != 0) return ZeekState::established;
        // A bare ACK in answer to a SYN makes no partial connection.
        const bool bare_ack = me.data_segments == 0 && c.syn_ack_count == 0;
        if (party == Party::server && c.syn_count != 0 && bare_ack) return ZeekState::inactive;
        return ZeekState::partial;
    }
    if (c.syn_ack_count != 0) return ZeekState::established;
    return ZeekState::syn_sent;
}

bool is_inactive(ZeekState s) {
    return s == ZeekState::inactive || s == ZeekState::partial;
}

// The pattern \^?S[^HAFGIQ]*R.* : the originator's SYN, and its reset before anything else of its.
bool is_syn_then_reset(std::string_view history) {
    if (!history.empty() && history.front() == '^') history.remove_prefix(1);
    if (history.empty() || history.front() != 'S') return false;
    for (const char letter : history.substr(1)) {
        if (letter == 'R') return true;
        if (std::string_view("HAFGIQ").find(letter) != std::string_view::npos) return false;
    }
    return false;
}

}  // namespace

TcpState prove_state(const Connection& c, Party party) {
    if (c.is(Connection::ended_by_reset)) return TcpState::closed;
    if (!c.is(Connection::established)) return opening_state(c, party);
    return closing_state(c.end(party), c.end(other(party)));
}

std::string_view zeek_conn_state(const Connection& c, const std::array<std::uint32_t, 2>& resets) {
    const ZeekState orig = zeek_state(c, Party::client, resets[0] != 0);
    const ZeekState resp = zeek_state(c, Party::server, resets[1] != 0);
    if (resp == ZeekState::reset) {
        const bool no_bytes = c.ends[0].bytes() == 0 && c.ends[1].bytes() == 0;
        if (orig == ZeekState::syn_sent || (orig == ZeekState::reset && no_bytes)) {
            return "REJ";
        }
        return is_inactive(orig) ? "RSTRH" : "RSTR";
    }
    if (orig == ZeekState::reset) {
        if (!is_inactive(resp)) return "RSTO";
        return is_syn_then_reset(c.history.text()) ? "RSTOS0" : "OTH";
    }
    if (orig == ZeekState::closed && resp == ZeekState::closed) return "SF";
    if (orig == ZeekState::closed) return is_inactive(resp) ? "SH" : "S2";
    if (resp == ZeekState::closed) return is_inactive(orig) ? "SHR" : "S3";
    if (orig == ZeekState::syn_sent && resp == ZeekState::inactive) return "S0";
    if (orig == ZeekState::established && resp == ZeekState::established) return "S1";
    return "OTH";
}

}  // namespace tcpwhy
