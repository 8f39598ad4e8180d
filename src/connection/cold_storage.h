// Where the seldom-needed records of troubled connections live.
#pragma once

#include "connection/connection.h"
#include "connection/pool.h"

namespace tcpwhy {

/// Pools of the records that only some connections have. A record is made when it is first asked
/// for and released with its connection.
struct ColdStorage {
    Pool<SideTrouble> transfers;
    Pool<OpeningTrouble> openings;
    Pool<ResetTrouble> resets;
    Pool<OddTrouble> odds;

    [[nodiscard]] SideTrouble& transfer_of(Endpoint& e) { return get(transfers, e.transfer); }
    [[nodiscard]] OpeningTrouble& opening_of(Connection& c) { return get(openings, c.opening); }
    [[nodiscard]] ResetTrouble& reset_of(Connection& c) { return get(resets, c.reset); }
    [[nodiscard]] OddTrouble& odd_of(Connection& c) { return get(odds, c.odd); }

    void release(Connection& c) {
        drop(transfers, c.ends[0].transfer);
        drop(transfers, c.ends[1].transfer);
        drop(openings, c.opening);
        drop(resets, c.reset);
        drop(odds, c.odd);
    }

private:
    template <typename T>
    static T& get(Pool<T>& pool, std::uint32_t& number) {
        if (number == 0) number = pool.add();
        return pool[number];
    }
    template <typename T>
    static void drop(Pool<T>& pool, std::uint32_t& number) {
        if (number != 0) pool.release(number);
        number = 0;
    }
};

}  // namespace tcpwhy
