// What is known of one connection when its fate is judged: plain values for the rules.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "connection/moment.h"
#include "connection/tcp_state.h"
#include "packet/segment.h"
#include "tcpwhy/address.h"

namespace tcpwhy {

/// What a reset answered: the peer's segment whose acknowledgement number is the reset's
/// sequence number (RFC 9293 3.10.7.1), seen shortly before it.
enum class Trigger : std::uint8_t {
    none,  ///< no such segment: the reset was sent by itself (or its trigger was not captured)
    syn,
    syn_ack,
    data,
    fin,        ///< FIN, with or without data
    keepalive,  ///< seq = snd_nxt - 1, 0 or 1 byte
    pure_ack,   ///< an ACK without payload that is no keepalive
};

/// Where a reset's sequence number lies in its receiver's window (RFC 5961 3.2).
enum class ResetPosition : std::uint8_t {
    exact,    ///< the receiver's next expected number: it is acted on
    inside,   ///< inside the window but not exact: answered by a challenge ACK, ignored
    outside,  ///< ignored
    unknown,  ///< too little was seen to tell (mid-stream, no window scale)
};

/// One RST and what speaks for or against its being its sender's own.
struct ResetFacts {
    Moment moment;   ///< none: there was no such reset
    Moment trigger;  ///< the segment it answers, where there is one
    Trigger answers = Trigger::none;
    ResetPosition position = ResetPosition::unknown;
    bool active_shape = false;  ///< RST,ACK with seq = the sender's next and ack = what it had
                                ///< received: a socket was aborted
    bool reply_shape = false;   ///< made from the trigger alone: RST with seq = trigger's ack and
                                ///< window 0, or RST,ACK with seq 0
    bool ttl_known = false;     ///< the sender's usual TTL is known from packets that are no resets
    int ttl_difference = 0;     ///< this TTL minus the sender's usual one; 0 where unknown
    bool ip_id_foreign = false;  ///< IP ID or DF does not fit the sender's own way of setting them
    bool lacks_timestamps =
        false;  ///< active shape without timestamps on a connection that uses them
    bool window_foreign = false;  ///< a window that no reset of the sender's family carries there
    bool sender_had_fin = false;  ///< its sender had sent FIN before it
    bool peer_had_fin = false;    ///< the other side had sent FIN before it
    bool after_all_delivered = false;  ///< every byte of both sides had been acknowledged before it
    bool sender_spoke_after =
        false;  ///< its sender went on later with data or ACKs that are no copies and no resets
    Duration since_trigger{};
    Duration
        idle_before{};  ///< silence of both sides before the trigger (or before the reset, if none)
};

/// A run of like segments: the first, the last, how many.
struct Run {
    std::uint32_t count = 0;
    Moment first;
    Moment last;
    [[nodiscard]] Duration span() const { return count < 2 ? Duration{} : last.time - first.time; }
    [[nodiscard]] explicit operator bool() const { return count != 0; }
};

/// One ICMP error that quotes a segment of this connection.
struct IcmpFacts {
    std::uint64_t frame = 0;  ///< 0: there was none
    Timestamp time{};
    IcmpMeaning meaning = IcmpMeaning::other;
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    bool is_v6 = false;
    IpAddress router;               ///< who sent it
    bool from_peer_itself = false;  ///< router is the address that the quoted packet was sent to
    Party quoted_from = Party::client;  ///< whose packet it quotes
    bool quotes_syn = false;            ///< the quoted sequence number is that side's initial one
    bool quote_fits = false;            ///< the quoted sequence number is one that side really sent
    Duration delay{};                   ///< since the newest quoted-side packet before it
    std::uint32_t mtu = 0;
    [[nodiscard]] explicit operator bool() const { return frame != 0; }
};

/// One side of the connection.
struct EvidenceSide {
    SocketAddress address;
    TcpState state = TcpState::unknown;
    bool seen = false;       ///< at least one packet of this side was captured
    bool isn_known = false;  ///< its SYN (or SYN-ACK) was seen
    Seq isn;                 ///< initial sequence number; else the first number seen, minus 1
    std::uint64_t packets = 0;
    std::uint64_t ip_bytes = 0;       ///< sum of IP packet lengths
    std::uint64_t bytes = 0;          ///< payload by sequence space
    std::uint64_t data_segments = 0;  ///< segments with payload, retransmissions included
    std::uint64_t retransmitted = 0;  ///< segments (data, SYN or FIN) sent again

    Moment first;  ///< its first packet
    Moment last;   ///< its last packet
    Moment first_data;
    Moment last_data;
    Moment fin;                       ///< its first FIN
    bool fin_acked = false;           ///< the peer acknowledged it
    bool everything_acked = false;    ///< all it sent (that takes sequence space) was acknowledged
    std::uint64_t unacked_bytes = 0;  ///< sequence space sent and not acknowledged
    bool acked_unseen = false;        ///< the peer acknowledged bytes that are not in the capture
    bool gap = false;                 ///< bytes inside its sequence space are not in the capture

    std::uint16_t mss = 0;                 ///< announced in its SYN; 0 = none
    std::int8_t window_scale = -1;         ///< announced in its SYN; -1 = none or unknown
    bool timestamps = false;               ///< its segments carry RFC 7323 timestamps
    bool has_md5 = false;                  ///< its SYN carries TCP-MD5 (kind 19)
    bool has_ao = false;                   ///< its SYN carries TCP-AO (kind 29)
    bool mptcp = false;                    ///< MPTCP options seen
    std::int16_t mptcp_reset_reason = -1;  ///< from MP_TCPRST; -1 = none
    std::uint8_t usual_ttl = 0;            ///< of its packets that are no resets; 0 = unknown
    std::uint32_t scaled_window =
        0;                         ///< last advertised window in bytes (scale applied where known)
    std::uint32_t max_window = 0;  ///< largest advertised window in bytes

    /// The oldest unacknowledged sequence space, sent again and again: the present (last) run of
    /// retransmissions without progress. `first` is the first retransmission; the original is
    /// `unanswered_original`.
    Run unanswered;
    Moment unanswered_original;
    std::uint32_t largest_acked = 0;     ///< largest segment payload of its that was acknowledged
    std::uint32_t smallest_unacked = 0;  ///< smallest payload among the unanswered ones; 0 = none
    bool sack_beyond_hole =
        false;  ///< the peer SACKed later bytes while `unanswered` stayed unacknowledged

    Run keepalive_probes;  ///< probes since the peer last said anything
    std::uint32_t keepalives_answered = 0;
    Run window_probes;   ///< probes it sent while the peer's window was 0
    Moment zero_window;  ///< first advertisement of a window of 0 in the present stretch
    bool zero_window_at_end =
        false;           ///< its window is still 0 when observation (or the connection) ends
    Run challenge_acks;  ///< RFC 5961 challenge ACKs that it sent

    [[nodiscard]] std::uint32_t relative(Seq s) const { return s.offset_from(isn); }
};

/// The previous connection on the same four-tuple, where the capture holds one.
struct PreviousConnection {
    bool seen = false;
    Timestamp end{};             ///< its last packet
    bool closed_by_fin = false;  ///< both FINs were seen
    bool reset = false;
    Party first_fin_from =
        Party::client;  ///< the side that goes to TIME_WAIT (as client/server of the present one)
    Seq server_isn;
    Seq server_next;  ///< the old SND.NXT of the present server
    Seq client_next;  ///< the old SND.NXT of the present client
};

/// What the capture shows of hosts and listeners beyond this connection.
struct HostFacts {
    bool server_alive =
        false;  ///< some packet came from the server's address outside this connection
    bool server_answers_tcp = false;  ///< it answered a SYN (SYN-ACK or RST) on another connection
    bool port_accepts = false;        ///< the very port completed another handshake in this capture
    bool port_accepted_nearby =
        false;  ///< …within 10 s before or after this connection's first SYN
    /// …and by a handshake of this client's own address (from a bitmap of 64 hashed ports).
    bool port_accepted_this_client = false;
    Moment alive_proof;       ///< one such packet (frame and time only)
    Timestamp alive_until{};  ///< when the newest came; the epoch where there is none
    std::uint8_t server_ttl =
        0;  ///< usual TTL of the server's host elsewhere (SYN-ACKs, data, echo); 0 = unknown
    std::uint8_t client_ttl = 0;          ///< the same of the client's host
    std::uint32_t neighbor_requests = 0;  ///< ARP/NS for the server's address without reply
    bool neighbor_answered = false;

    // The listener: server address and port.
    std::uint32_t listener_syns = 0;       ///< SYNs to it in this capture, repeats not counted
    std::uint32_t listener_completed = 0;  ///< handshakes that completed
    std::uint32_t listener_half_open = 0;  ///< SYNs (answered or not) that never completed
    std::uint32_t listener_sources =
        0;  ///< different source addresses among the half-open (estimate above 64)
    double listener_half_open_per_second = 0;  ///< at the worst second
    bool flooded_now = false;                  ///< this connection's SYN lies inside the flood
    std::uint32_t resets_together =
        0;  ///< connections of this listener that it reset within 100 ms of this one
    std::uint32_t silent_accepts_reset_together =
        0;  ///< …and on which the server had never sent a byte

    /// A client of this listener sent no data for 3 s after its ACK, and no SYN-ACK was repeated:
    /// the listener does not wait for data (TCP_DEFER_ACCEPT).
    bool listener_spares_silent = false;

    // The client host.
    std::uint32_t ports_tried =
        0;  ///< different ports of this server that this client sent SYNs to
    std::uint32_t hosts_tried = 0;  ///< different servers that this client sent SYNs to
    bool newer_tsval_answered =
        false;  ///< a SYN of the same client address with a newer TSval was answered meanwhile
    bool tsval_backwards = false;  ///< this SYN's TSval is older than an earlier segment's from the
                                   ///< same client address
    /// SYNs with timestamps of this client that this server answered with SYN-ACK.
    std::uint32_t tsvals_answered = 0;
    /// …one of them with a TSval older than that of an earlier SYN: the server does not mind.
    bool backwards_tsval_answered = false;
    bool md5_peer_uses = false;  ///< the server's other connections carry TCP-MD5
    bool ao_peer_uses = false;   ///< the server's other connections carry TCP-AO

    // Beyond both.
    /// While `reset` was sent, its sender's address and port carried another connection, with
    /// another peer, that both sides of it took part in: the mark of a lost translation.
    bool port_busy_elsewhere = false;
};

/// What about the capture itself limits the judgement.
struct CaptureQuality {
    bool starts_midstream = false;          ///< no SYN of this connection was seen
    bool client_guessed = false;            ///< which side opened is a guess
    bool one_direction = false;             ///< only one side's packets were captured
    bool one_direction_everywhere = false;  ///< the capture holds one direction of every connection
    bool lost_packets =
        false;  ///< acknowledged bytes were never seen, or the capture says it dropped packets
    bool cut_headers = false;      ///< the snaplen cut TCP headers or options
    bool copies_removed = false;   ///< packets captured twice
    bool evicted = false;          ///< left out of memory before its end (--max-connections)
    bool icmp_quote_only = false;  ///< known only from the quote in an ICMP error
    Timestamp capture_start{};
    Timestamp capture_end{};  ///< of the whole capture, not of this connection
};

/// All that is known of one connection.
struct Evidence {
    EvidenceSide client;
    EvidenceSide server;
    Timestamp start{};
    Timestamp end{};     ///< its last packet
    Duration silence{};  ///< from its last packet to the end of the capture

    // Opening.
    Run syns;              ///< the client's SYN and its repeats
    Moment crossed_syn;    ///< the server's own SYN (simultaneous open)
    Run syn_acks;          ///< the server's SYN-ACK and its repeats
    Moment handshake_ack;  ///< the client's first segment that acknowledges the SYN-ACK
    std::uint32_t acks_of_syn_ack =
        0;  ///< how many segments acknowledged it before any answer of the server
    std::uint32_t syn_acks_after_ack =
        0;                      ///< SYN-ACK repeats captured after the client had acknowledged it
    bool established = false;   ///< the handshake completed, or traffic in mid-stream proves it
    bool bad_syn_ack = false;   ///< syn_acks.first acknowledges a number never sent
    bool self_connect = false;  ///< both ends are one socket
    bool syn_has_payload = false;  ///< Fast Open, or data in the SYN
    bool syn_bare = false;    ///< the SYN has no options at all, or only MSS: no ordinary stack's
    Moment ack_of_syn_stale;  ///< the server answered a SYN by an ACK without SYN whose number does
                              ///< not fit
    Moment reset_of_stale;    ///< the client's reset with seq = that acknowledgement
    Moment syn_after_stale;   ///< the SYN tried again after it
    Moment proxied_update;    ///< SYN-ACK had window 0, then the server opened it by a bare ACK
    bool syn_ack_ttl_foreign =
        false;  ///< the SYN-ACK's TTL differs from the server's later packets
    std::uint32_t ttl_falling_copies =
        0;  ///< the same SYN seen again and again with a smaller TTL each time

    // Resets.
    std::uint32_t resets_from_client = 0;
    std::uint32_t resets_from_server = 0;
    ResetFacts
        reset;  ///< the one that ended it: the first that its receiver acts on, else the first
    ResetFacts second_reset;         ///< the next one from the same side
    ResetFacts reset_of_other_side;  ///< the first from the other side than `reset`
    bool resets_step = false;    ///< several from one side whose sequence numbers step or scatter
    bool server_silent = false;  ///< the server never sent a byte of payload
    bool peer_data_unanswered = false;  ///< before the reset its sender had acknowledged data after
                                        ///< which it sent no byte of its own
    bool peer_data_unacked =
        false;  ///< before an active reset its sender had been sent bytes it had not acknowledged
    bool window_shut_before_reset =
        false;  ///< the sender's last window was below half of its largest, and no update came
    bool window_reopened_in_reset = false;  ///< …and the reset carries a larger one
    Moment data_after_fin;  ///< payload sent to a side that had sent FIN and then reset

    // Foreign segments.
    Moment forged_syn;                ///< a SYN inside an established connection
    Moment syn_challenged;            ///< the challenge ACK it got
    bool forged_syn_foreign = false;  ///< its TTL or options differ from that side's
    Moment reset_in_time_wait;  ///< a reset that reached a side in TIME_WAIT, inside its window

    // ICMP.
    std::uint32_t icmp_count = 0;
    std::array<IcmpFacts, 4> icmp;  ///< the first four

    PreviousConnection previous;
    HostFacts hosts;
    CaptureQuality quality;

    /// Zeek's conn_state ("SF", "REJ", …) and history ("ShADadfF"), by its definitions.
    std::string conn_state;
    std::string history;
    Duration rtt{-1};  ///< SYN to SYN-ACK (or RST); negative = not measured

    [[nodiscard]] const EvidenceSide& side(Party p) const {
        return p == Party::client ? client : server;
    }
    /// A neighbour (ARP, NS) question without any SYN: `client` asks for `server`.
    bool neighbor_only = false;
    Run neighbor_requests;  ///< frames and times only, with neighbor_only
};

}  // namespace tcpwhy
