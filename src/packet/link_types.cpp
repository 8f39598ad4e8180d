#include "packet/link_types.h"

#include "packet/decode.h"

namespace tcpwhy {

namespace wire {

Layer first_layer(LinkType type) {
    switch (type) {
        case 1:
            return Layer::ethernet;
        case 0:
        case 108:
            return Layer::loopback;
        case 113:
            return Layer::linux_sll;
        case 276:
            return Layer::linux_sll2;
        case 12:  // DLT_RAW of most systems, found in files though it should not be
        case 14:  // …and of OpenBSD
        case 101:
            return Layer::ip_by_version;
        case 228:
            return Layer::ipv4;
        case 229:
            return Layer::ipv6;
        case 9:
            return Layer::ppp;
        case 50:
            return Layer::ppp_hdlc;
        case 51:
            return Layer::pppoe;
        case 166:
        case 204:
            return Layer::ppp_with_direction;
        case 104:
            return Layer::cisco_hdlc;
        case 205:
            return Layer::hdlc_with_direction;
        case 6:
            return Layer::token_ring;
        case 8:
            return Layer::slip;
        case 10:
            return Layer::fddi;
        case 100:  // RFC 2684 LLC encapsulation
        case 106:
            return Layer::llc;  // Linux's Classical IP over ATM
        case 105:
            return Layer::ieee80211;
        case 107:
            return Layer::frame_relay;
        case 109:
            return Layer::enc;
        case 117:
            return Layer::pflog;
        case 119:
            return Layer::prism;
        case 122:
            return Layer::ip_over_fibre_channel;
        case 127:
            return Layer::radiotap;
        case 138:
            return Layer::ieee1394;
        case 143:
            return Layer::docsis;
        case 163:
            return Layer::avs;
        case 192:
            return Layer::per_packet_information;
        case 219:
            return Layer::mpls;
        case 226:
            return Layer::ipnet;
        case 239:
            return Layer::nflog;
        case 240:  // netANALYZER's four bytes
        case 282:
            return Layer::ethernet_after_4;
        case 242:
            return Layer::infiniband_ip;
        case 259:
            return Layer::ethernet_with_preamble;
        case 281:
        case 284:
            return Layer::ethernet_with_4_byte_tag;
        default:
            return Layer::unknown_link_type;
    }
}

}  // namespace wire

bool link_type_is_known(LinkType type) {
    return wire::first_layer(type) != wire::Layer::unknown_link_type;
}

}  // namespace tcpwhy
