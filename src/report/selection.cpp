#include "report/selection.h"

#include <algorithm>
#include <charconv>

namespace tcpwhy {

namespace {

constexpr unsigned v4_offset = 96;  // bits before the IPv4 part of a mapped address

template <typename List, typename Test>
bool empty_or_any(const List& list, const Test& test) {
    return list.empty() || std::any_of(list.begin(), list.end(), test);
}

}  // namespace

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    AddressRange range{*address, 128};
    if (slash == std::string_view::npos) return range;
    const std::string_view digits = text.substr(slash + 1);
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (error != std::errc() || end != digits.data() + digits.size() || prefix > 128) {
        return std::nullopt;
    }
    if (address->is_v4()) prefix += v4_offset;
    if (prefix > 128) return std::nullopt;
    range.prefix = static_cast<std::uint8_t>(prefix);
    return range;
}

bool AddressRange::contains(const IpAddress& address) const {
    const std::size_t whole = prefix / 8U;
    if (!std::equal(first.bytes.begin(), first.bytes.begin() + whole, address.bytes.begin())) {
        return false;
    }
    const unsigned rest = prefix % 8U;
    return rest == 0 || ((first.bytes[whole] ^ address.bytes[whole]) >> (8U - rest)) == 0;
}

bool Selection::matches(const Judged& judged) const {
    const Cause& cause = *judged.diagnosis.cause;
    const SocketAddress& client = judged.evidence.client.address;
    const SocketAddress& server = judged.evidence.server.address;
    if (failed && !is_failure(cause.outcome)) return false;
    return empty_or_any(causes, [&](std::string_view id) { return id == cause.id; }) &&
           empty_or_any(hosts,
                        [&](const AddressRange& range) {
                            return range.contains(client.addr) || range.contains(server.addr);
                        }) &&
           empty_or_any(ports, [&](std::uint16_t port) {
               return port == client.port || port == server.port;
           });
}

bool Selection::matches(const VerdictGroup& group) const {
    if (failed && !is_failure(group.outcome)) return false;
    // Not every member of a group is known: those that are speak for the others.
    const auto& clients = group.examples;
    const auto any_end = [&](const auto& test) {
        return test(group.server) || std::any_of(clients.begin(), clients.end(), test);
    };
    return empty_or_any(causes, [&](std::string_view id) { return id == group.cause; }) &&
           empty_or_any(hosts,
                        [&](const AddressRange& range) {
                            return any_end(
                                [&](const SocketAddress& end) { return range.contains(end.addr); });
                        }) &&
           empty_or_any(ports, [&](std::uint16_t port) {
               return any_end([&](const SocketAddress& end) { return end.port == port; });
           });
}

void SelectingReport::connection(const Judged& judged) {
    if (!selection_.matches(judged)) return;
    if (is_failure(judged.diagnosis.cause->outcome)) ++failures_;
    next_->connection(judged);
}

void SelectingReport::group(const VerdictGroup& group) {
    if (!selection_.matches(group)) return;
    if (is_failure(group.outcome)) failures_ += group.count;
    next_->group(group);
}

}  // namespace tcpwhy
