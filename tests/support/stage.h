// Plays a conversation: gives every packet its real addresses, numbers and bytes.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "support/conversation.h"
#include "support/link.h"

namespace tcpwhy::test {

/// Where initial sequence numbers are.
enum class Numbers : std::uint8_t { scattered, zero, near_wrap };

struct StageOptions {
    bool is_v6 = false;
    Numbers numbers = Numbers::scattered;
    std::uint8_t farther = 0;  ///< hops between the capture and everyone but clients
};

/// A packet with what only the link and the file format need to know.
struct StagedPacket {
    Duration at{};
    Datagram datagram;
    std::uint16_t interface = 0;
    std::optional<std::uint16_t> cut;  ///< captured bytes of the datagram
    std::size_t number = 0;            ///< from 1 among the script's packets; 0 = a bystander's
};

class Stage {
public:
    Stage(const Conversation& conversation, const StageOptions& options);

    /// All packets in the script's order. Errors: usage, for what this family cannot show (the
    /// numbers of the other family's ICMP, a TTL that does not reach).
    [[nodiscard]] Result<std::vector<StagedPacket>> play();

    /// Who has which address.
    [[nodiscard]] const std::map<IpAddress, std::string>& names() const { return names_; }

private:
    /// What one side of a connection has done so far.
    struct Side {
        std::uint32_t isn = 0;
        bool syn_sent = false;
        bool seen = false;
        std::uint32_t end = 0;  ///< relative number after its highest
        std::vector<NotationOption> syn_options;
        std::uint32_t last_tsval = 0;
        [[nodiscard]] bool offers(NotationOption::Kind kind) const;
    };
    struct Connection {
        std::array<Side, 2> sides;
        std::array<Side, 2> old_sides;
        std::uint32_t generation = 0;
    };
    /// The sender's and the receiver's part in a connection.
    struct Ends {
        Side& own;
        Side& peer;
    };
    struct Sent {
        NotationLine line;
        Octets bytes;
    };

    [[nodiscard]] IpAddress address_of(const std::string& name);
    [[nodiscard]] Result<Octets> bytes_of(const NotationLine& line);
    [[nodiscard]] Octets segment(const NotationLine& line);
    [[nodiscard]] Result<Octets> icmp_error(const NotationLine& line);
    [[nodiscard]] Result<Octets> copy(const NotationLine& line) const;
    [[nodiscard]] Octets other(const NotationLine& line);
    [[nodiscard]] Octets neighbor(const NotationLine& line);
    [[nodiscard]] Octets quoted_packet(const NotationLine& line);

    [[nodiscard]] Ends ends_of(const NotationLine& line);
    [[nodiscard]] std::uint32_t isn_of(const std::string& endpoint) const;
    void begin_again(Connection& connection, std::size_t sender, const NotationFields& fields);
    [[nodiscard]] IpFields ip_fields(const NotationLine& line, bool counts_id);
    [[nodiscard]] std::uint16_t next_id(const std::string& name);
    [[nodiscard]] std::uint32_t clock_of(const std::string& name, Duration at) const;
    [[nodiscard]] std::vector<NotationOption> usual_options(const NotationLine& line,
                                                            const Ends& ends, bool is_own_abort);
    [[nodiscard]] Octets encode(const std::vector<NotationOption>& options,
                                const NotationLine& line, Ends& ends);
    [[nodiscard]] MacAddress mac_of(const std::string& name);
    void name_parties(const Conversation& conversation);

    StageOptions options_;
    const Conversation& conversation_;
    std::map<std::string, IpAddress> addresses_;
    std::map<IpAddress, std::string> names_;
    std::map<std::string, std::uint16_t> ids_;
    std::map<std::pair<std::string, std::string>, Connection> connections_;
    std::vector<Sent> sent_;
};

/// A healthy connection between hosts of no conversation, spread over the script's time: put in
/// among its packets, whose order stays.
void interleave_bystanders(std::vector<StagedPacket>& packets, bool is_v6);

/// A packet between hosts of no conversation.
[[nodiscard]] StagedPacket bystanders_packet(Duration at, bool is_v6);

}  // namespace tcpwhy::test
