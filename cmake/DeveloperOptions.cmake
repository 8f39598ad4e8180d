# Warnings and sanitizers hang on one internal target, so that nothing of them reaches a consumer.
add_library(tcpwhy_build_options INTERFACE)
if(TCPWHY_DEVELOPER)
  target_compile_options(tcpwhy_build_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
endif()
if(TCPWHY_SANITIZE)
  # The vptr check needs type information that the layers built with -fno-rtti do not have.
  target_compile_options(tcpwhy_build_options INTERFACE
    -fsanitize=${TCPWHY_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(tcpwhy_build_options INTERFACE -fsanitize=${TCPWHY_SANITIZE})
endif()
if(TCPWHY_FUZZ)
  # The library tells the fuzzer which branches an input took; main() comes with the targets.
  target_compile_options(tcpwhy_build_options INTERFACE -fsanitize=fuzzer-no-link
    -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/fuzz/ignorelist.txt)
  target_link_options(tcpwhy_build_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
