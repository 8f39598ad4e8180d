// The way through a packet from its first byte to what it is about.
#pragma once

#include <optional>

#include "packet/fragments.h"
#include "packet/ip_packet.h"
#include "packet/step.h"

namespace tcpwhy::wire {

/// Where a walk ended.
struct Arrival {
    Layer end = Layer::malformed;  ///< is_end(end)
    Slice slice;                   ///< what stands there, e.g. from the TCP header on
    std::uint8_t protocol = 0;     ///< IP protocol number, where there was an IP header
    bool checksum_unknowable = false;
    TunnelChain chain = 0;
    Oddities oddities;
};

/// Walks through link layers, tags, tunnels and IP headers, at most `most_layers` of them.
class Walk {
public:
    static constexpr int most_layers = 16;

    /// `info` receives what the innermost IP header says. Fragments wait in `fragments`; without
    /// one (a quoted packet) a first fragment is taken as it is.
    Walk(FragmentTable* fragments, Timestamp time, TunnelChain chain, IpInfo& info)
        : fragments_(fragments), time_(time), info_(info) {
        at_.chain = chain;
    }

    /// The answer is this object's own.
    [[nodiscard]] const Arrival& run(Layer first, Bytes bytes, std::uint32_t missing);

private:
    [[nodiscard]] Layer enter_ip(bool v6);
    [[nodiscard]] Layer leave_ip(bool v6);
    [[nodiscard]] std::optional<Layer> wait_for_rest(IpPayload& payload);
    [[nodiscard]] Layer take(const Step& step);
    void retreat();

    FragmentTable* fragments_;
    Timestamp time_;
    IpInfo& info_;
    Arrival at_;              // never copied: on the usual way that costs more than reading does
    bool has_outer_ = false;  // outer_ is the last IP header that was read in full
    IpInfo outer_;
};

}  // namespace tcpwhy::wire
