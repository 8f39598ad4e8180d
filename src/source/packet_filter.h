// The libpcap filter language over the packets of a capture.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "packet/raw_packet.h"
#include "tcpwhy/result.h"

struct bpf_program;

namespace tcpwhy::source {

/// A filter expression, compiled for each link type that is met.
class PacketFilter {
public:
    /// Compiles `expression` for `first`, or for Ethernet where no link type is known yet, so that
    /// an error in the expression is always found. Errors: usage, in libpcap's words.
    [[nodiscard]] static Result<PacketFilter> compile(std::string expression,
                                                      std::optional<LinkType> first);

    /// Whether the filter lets the packet through. A link type that the expression cannot be
    /// compiled for lets nothing through; see new_complaint().
    [[nodiscard]] bool matches(const RawPacket& packet);

    /// Once for each link type that the expression cannot be applied to: a warning that says so.
    [[nodiscard]] std::optional<std::string> new_complaint();

private:
    struct FreeProgram {
        void operator()(bpf_program* program) const;
    };
    using Program = std::unique_ptr<bpf_program, FreeProgram>;
    struct Compiled {
        LinkType link_type = 0;
        Program program;  ///< null: lets nothing through
    };

    explicit PacketFilter(std::string expression) : expression_(std::move(expression)) {}
    static tl::expected<Program, std::string> compile_for(const std::string& expression,
                                                          LinkType link_type);
    std::size_t index_of(LinkType link_type);

    std::string expression_;
    std::vector<Compiled> compiled_;
    std::size_t last_ = 0;  ///< the one used last: most captures have one link type
    std::vector<std::string> complaints_;
};

}  // namespace tcpwhy::source
