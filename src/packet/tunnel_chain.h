// The hash that tells apart packets which came through different encapsulations.
#pragma once

#include <cstdint>

#include "packet/bytes.h"
#include "packet/segment.h"
#include "tcpwhy/address.h"

namespace tcpwhy::wire {

/// What kind of encapsulation a layer of the chain is.
enum class TunnelKind : std::uint8_t {
    none,
    vlan,
    service_instance,  // IEEE 802.1ah
    pppoe,
    gre,
    erspan,
    vxlan,
    geneve,
    gtp,
    l2tp,
    etherip,
    end_points,  // the two addresses of an IP tunnel
};

/// `chain` with one more layer inside it. Never 0.
///
/// Both directions of a conversation must get the same chain. So only identifiers that are the
/// same both ways go in; GTP TEIDs, MPLS labels, L2TP and PPTP session numbers are chosen by each
/// receiver for itself and stay out.
[[nodiscard]] constexpr TunnelChain add_to_chain(TunnelChain chain, TunnelKind kind,
                                                 std::uint32_t identifier) {
    std::uint64_t mixed = (static_cast<std::uint64_t>(chain) << 32 | identifier) +
                          (static_cast<std::uint64_t>(kind) << 56) + 1;
    // Finalizer of SplitMix64: every input bit reaches every output bit.
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebU;
    const auto hash = static_cast<TunnelChain>(mixed >> 32 ^ mixed);
    return hash == 0 ? 1 : hash;
}

/// A number for an address; equal addresses have equal numbers.
[[nodiscard]] inline std::uint32_t address_hash(const IpAddress& address) {
    const Bytes bytes(address.bytes);
    std::uint64_t mixed = load_native<std::uint64_t>(bytes, 0) * 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ mixed >> 32 ^ load_native<std::uint64_t>(bytes, 8)) * 0xbf58476d1ce4e5b9U;
    return static_cast<std::uint32_t>(mixed ^ mixed >> 32);
}

/// `chain` inside a tunnel between two addresses. A sum does not know which of them sent, so it
/// is the same in both directions.
[[nodiscard]] inline TunnelChain add_end_points(TunnelChain chain, const IpInfo& outer) {
    return add_to_chain(chain, TunnelKind::end_points,
                        address_hash(outer.src) + address_hash(outer.dst));
}

}  // namespace tcpwhy::wire
