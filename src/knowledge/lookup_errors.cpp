#include <netdb.h>

#include <array>

#include "knowledge/error_numbers.h"

namespace tcpwhy {

namespace {

// gai_strerror() of glibc; numbers from <netdb.h>. Those of glibc's asynchronous look-up are left
// out: no program meets them at connect.
constexpr std::array errors = std::to_array<LookupError>({
    {EAI_BADFLAGS, "EAI_BADFLAGS", "Bad value for ai_flags",
     "The calling program asked with flags that do not exist or exclude each other.", ""},
    {EAI_NONAME, "EAI_NONAME", "Name or service not known",
     "The name does not exist (NXDOMAIN), or the service name is unknown. With AI_NUMERICHOST: the "
     "text is no address.",
     "Check the spelling and the search domains in /etc/resolv.conf, then ask the server itself: "
     "`dig NAME A`, `dig NAME AAAA`. `getent ahosts NAME` asks the same way as programs do, "
     "/etc/hosts and nsswitch.conf included."},
    {EAI_AGAIN, "EAI_AGAIN", "Temporary failure in name resolution",
     "No resolver answered, or one answered with SERVFAIL: the name may well exist. In a container "
     "or early at boot it mostly means that the resolver itself cannot be reached.",
     "See which servers are asked (/etc/resolv.conf, `resolvectl status`) and whether they answer: "
     "`dig @SERVER NAME`."},
    {EAI_FAIL, "EAI_FAIL", "Non-recoverable failure in name resolution",
     "The resolver answered that it will not or cannot answer (REFUSED, for instance).",
     "Ask it directly with `dig @SERVER NAME` and look at the status in its answer."},
    {EAI_NODATA, "EAI_NODATA", "No address associated with hostname",
     "The name exists, but has no address record of the wanted kind (A or AAAA).",
     "See what the name has: `dig NAME A`, `dig NAME AAAA`, `dig NAME MX`."},
    {EAI_FAMILY, "EAI_FAMILY", "ai_family not supported",
     "The calling program asked for an address family that there is not.", ""},
    {EAI_SOCKTYPE, "EAI_SOCKTYPE", "ai_socktype not supported",
     "The calling program asked for a socket type that there is not.", ""},
    {EAI_SERVICE, "EAI_SERVICE", "Servname not supported for ai_socktype",
     "The service name is unknown for that kind of socket: not in /etc/services, or the port is no "
     "number.",
     "Give the port as a number."},
    {EAI_ADDRFAMILY, "EAI_ADDRFAMILY", "Address family for hostname not supported",
     "The name has addresses, but none of the family that was asked for.",
     "Ask for any family, or give the name an address of that one."},
    {EAI_MEMORY, "EAI_MEMORY", "Memory allocation failure", "The process is out of memory.", ""},
    {EAI_SYSTEM, "EAI_SYSTEM", "System error",
     "A system call failed; errno says how (EMFILE where no descriptor is left for the question).",
     "Have the program print errno too."},
    {EAI_OVERFLOW, "EAI_OVERFLOW", "Argument buffer overflow",
     "A buffer of getnameinfo() was too small for the name.", ""},
});

}  // namespace

std::span<const LookupError> lookup_errors() {
    return errors;
}

}  // namespace tcpwhy
