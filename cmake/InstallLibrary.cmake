# cmake --install: the library with its headers and package files, so that others can say
# find_package(tcpwhy) and link tcpwhy::tcpwhy. The command installs itself in src/command.
include(CMakePackageConfigHelpers)
set(tcpwhy_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tcpwhy)

install(TARGETS tcpwhy EXPORT tcpwhyTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT tcpwhyTargets NAMESPACE tcpwhy:: DESTINATION ${tcpwhy_package_dir})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/tcpwhy
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/tcpwhyConfig.cmake.in
  ${PROJECT_BINARY_DIR}/tcpwhyConfig.cmake INSTALL_DESTINATION ${tcpwhy_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tcpwhyConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tcpwhyConfig.cmake ${PROJECT_BINARY_DIR}/tcpwhyConfigVersion.cmake
  DESTINATION ${tcpwhy_package_dir})

foreach(document LICENSE README.md CHANGELOG.md)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${document})
    install(FILES ${PROJECT_SOURCE_DIR}/${document} DESTINATION ${CMAKE_INSTALL_DOCDIR})
  endif()
endforeach()
