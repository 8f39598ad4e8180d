#include "base/hash.h"

#include <sys/random.h>

#include <ctime>

namespace tcpwhy {

KeyedHash KeyedHash::with_random_key() {
    std::uint64_t key = 0;
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) != static_cast<ssize_t>(sizeof key)) {
        // Before the kernel's pool is ready: better a poor secret than none.
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        key = static_cast<std::uint64_t>(now.tv_nsec) * 0x9e3779b97f4a7c15ULL;
    }
    return KeyedHash(key);
}

}  // namespace tcpwhy
