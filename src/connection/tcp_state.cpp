#include "connection/tcp_state.h"

namespace tcpwhy {

std::string_view to_string(TcpState state) {
    switch (state) {
        case TcpState::unknown:
            return "UNKNOWN";
        case TcpState::closed:
            return "CLOSED";
        case TcpState::listen:
            return "LISTEN";
        case TcpState::syn_sent:
            return "SYN_SENT";
        case TcpState::syn_received:
            return "SYN_RECEIVED";
        case TcpState::established:
            return "ESTABLISHED";
        case TcpState::fin_wait_1:
            return "FIN_WAIT_1";
        case TcpState::fin_wait_2:
            return "FIN_WAIT_2";
        case TcpState::close_wait:
            return "CLOSE_WAIT";
        case TcpState::closing:
            return "CLOSING";
        case TcpState::last_ack:
            return "LAST_ACK";
        case TcpState::time_wait:
            return "TIME_WAIT";
    }
    return "UNKNOWN";
}

}  // namespace tcpwhy
