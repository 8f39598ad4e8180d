// IP without anything before it: the first nibble is the version.
#include "packet/readers.h"

namespace tcpwhy::wire {

Step read_ip_by_version(const Slice& slice) {
    if (!slice.has(1)) return {};
    switch (load_u8(slice.bytes, 0) >> 4) {
        case 4:
            return {Layer::ipv4, 0};
        case 6:
            return {Layer::ipv6, 0};
        default:
            return {Layer::not_ip, 0};
    }
}

}  // namespace tcpwhy::wire
