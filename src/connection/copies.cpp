#include "connection/copies.h"

namespace tcpwhy {

namespace {

using namespace std::chrono_literals;

// The same view shows one packet twice within microseconds (loopback, a bridge). A sender needs
// longer to say the very same again: at least a retransmission timeout, or another answer to
// another packet.
constexpr Duration same_view = 20us;
// With an IP ID that is not 0 the sender itself says that it is one packet.
constexpr Duration same_view_with_id = 1ms;
// Another interface, tunnel or TTL: the packet went through this machine or a switch between.
constexpr Duration other_view = 20ms;
// A SYN that comes back with a smaller TTL is in a routing loop; each round takes a round trip.
constexpr Duration looping_syn = 1s;

}  // namespace

std::uint64_t CopyFilter::digest_of(const Segment& s, std::uint64_t flow) const {
    // `flow` is the same in both directions: the ports say which (or the order of the addresses).
    const std::uint64_t forward = s.src_port == s.dst_port && s.ip.src < s.ip.dst ? 1U << 12 : 0U;
    const std::uint64_t who = (static_cast<std::uint64_t>(s.src_port) << 48) |
                              (static_cast<std::uint64_t>(s.ip.ip_id) << 16) | forward |
                              s.flags.bits;
    const std::uint64_t numbers = (static_cast<std::uint64_t>(s.seq.value) << 32) | s.ack.value;
    const std::uint64_t sizes = (static_cast<std::uint64_t>(s.length) << 32) | s.window;
    const std::uint64_t stamps =
        (static_cast<std::uint64_t>(s.options.tsval) << 32) | s.options.tsecr;
    return hash_.of(hash_.of(flow ^ who, numbers), sizes, stamps);
}

bool CopyFilter::is_copy(const Segment& s, std::uint64_t flow) {
    const std::uint64_t digest = digest_of(s, flow);
    Slot& slot = slots_[digest % slot_count];
    const Duration since = s.time - slot.time;
    bool copy = false;
    if (slot.digest == digest && since >= Duration{}) {
        const bool other_place = slot.interface != s.interface || slot.chain != s.ip.chain;
        if (other_place) {
            copy = since <= other_view;
        } else if (slot.ttl != s.ip.ttl) {
            // Injected resets differ from the real one in TTL alone: they are no copies.
            const bool looping = s.flags.syn() && !s.flags.ack() && s.ip.ttl < slot.ttl;
            copy = !s.flags.rst() && since <= (looping ? looping_syn : other_view);
        } else {
            copy = since <= (s.ip.ip_id != 0 ? same_view_with_id : same_view);
        }
    }
    if (!copy || (s.flags.syn() && s.ip.ttl < slot.ttl)) {
        // Member by member: a whole Slot would be built on the stack and copied at once, which
        // waits for each of those stores.
        slot.digest = digest;
        slot.time = s.time;
        slot.chain = s.ip.chain;
        slot.interface = s.interface;
        slot.ttl = s.ip.ttl;
    }
    return copy;
}

}  // namespace tcpwhy
