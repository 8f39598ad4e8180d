// What the numbers of the three registries that chain layers mean.
#include "packet/step.h"

namespace tcpwhy::wire {

Layer layer_of_ether_type(std::uint16_t type) {
    switch (type) {
        case 0x0800:
            return Layer::ipv4;
        case 0x86dd:
            return Layer::ipv6;
        case 0x0806:
            return Layer::arp;
        case 0x8100:  // IEEE 802.1Q
        case 0x88a8:  // IEEE 802.1ad
        case 0x9100:  // QinQ before it had a standard
        case 0x9200:
            return Layer::vlan;
        case 0x8847:
        case 0x8848:
            return Layer::mpls;
        case 0x8864:
            return Layer::pppoe;
        case 0x880b:
            return Layer::ppp;
        case 0x6558:
            return Layer::ethernet;  // transparent Ethernet bridging
        case 0x88e7:
            return Layer::service_tag;
        case 0x893f:
            return Layer::bridge_port_tag;
        case 0x88e5:
            return Layer::macsec;
        default:
            return Layer::not_ip;
    }
}

Layer layer_of_ppp_protocol(std::uint16_t protocol) {
    switch (protocol) {
        case 0x0021:
            return Layer::ipv4;
        case 0x0057:
            return Layer::ipv6;
        case 0x0281:
        case 0x0283:
            return Layer::mpls;
        default:
            return Layer::not_ip;
    }
}

Layer layer_of_ip_protocol(std::uint8_t protocol) {
    switch (protocol) {
        case 6:
            return Layer::tcp;
        case 17:
            return Layer::udp;
        case 1:
            return Layer::icmp;
        case 58:
            return Layer::icmpv6;
        case 4:
            return Layer::ipv4;
        case 41:
            return Layer::ipv6;
        case 47:
            return Layer::gre;
        case 97:
            return Layer::etherip;
        case 137:
            return Layer::mpls;
        case 143:
            return Layer::ethernet;  // RFC 8986 10.1
        default:
            return Layer::other_ip;
    }
}

}  // namespace tcpwhy::wire
