#include "notation/icmp_names.h"

#include "notation/notation.h"

namespace tcpwhy {

namespace {

struct NamedIcmp {
    std::string_view name;
    IcmpNumbers v4;
    IcmpNumbers v6;
};

// RFC 792, RFC 1812 5.2.7.1 and RFC 4443 3. Several names may share a family's number; the first
// is what that number is called.
constexpr NamedIcmp names[] = {
    {"net-unreachable", {3, 0}, {1, 0}},
    {"host-unreachable", {3, 1}, {1, 3}},
    {"protocol-unreachable", {3, 2}, {4, 1}},
    {"port-unreachable", {3, 3}, {1, 4}},
    {too_big, {3, 4}, {2, 0}},
    {"admin-prohibited", {3, 13}, {1, 1}},
    {"net-prohibited", {3, 9}, {1, 1}},
    {"host-prohibited", {3, 10}, {1, 1}},
    {"policy-failed", {3, 13}, {1, 5}},
    {"route-rejected", {3, 13}, {1, 6}},
    {"ttl-exceeded", {11, 0}, {3, 0}},
};

}  // namespace

bool is_icmp_name(std::string_view name) {
    for (const auto& known : names) {
        if (known.name == name) return true;
    }
    return false;
}

NotationIcmp notation_icmp(bool is_v6, std::uint8_t type, std::uint8_t code) {
    NotationIcmp icmp;
    for (const auto& known : names) {
        const IcmpNumbers& numbers = is_v6 ? known.v6 : known.v4;
        if (numbers.type != type || numbers.code != code) continue;
        icmp.name = known.name;
        return icmp;
    }
    icmp.family = is_v6 ? NotationIcmp::Family::v6 : NotationIcmp::Family::v4;
    icmp.type = type;
    icmp.code = code;
    return icmp;
}

std::optional<IcmpNumbers> icmp_numbers(const NotationIcmp& icmp, bool is_v6) {
    if (icmp.family != NotationIcmp::Family::either) {
        if (is_v6 != (icmp.family == NotationIcmp::Family::v6)) return {};
        return IcmpNumbers{icmp.type, icmp.code};
    }
    for (const auto& known : names) {
        if (known.name == icmp.name) return is_v6 ? known.v6 : known.v4;
    }
    return {};
}

}  // namespace tcpwhy
