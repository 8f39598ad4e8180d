# One folder of src/ = one target = one layer.

# tcpwhy_layer(NAME [NO_EXCEPTIONS] [USES lib...])
# Makes object library tcpwhy_NAME of all *.cpp here and below, and the executable NAME_test of all
# *_test.cpp.
function(tcpwhy_layer name)
  cmake_parse_arguments(arg "NO_EXCEPTIONS" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  add_library(tcpwhy_${name} OBJECT ${sources})
  target_include_directories(tcpwhy_${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(tcpwhy_${name} PRIVATE tcpwhy_build_options
    PUBLIC tl::expected fmt::fmt ${arg_USES})
  if(arg_NO_EXCEPTIONS)
    target_compile_options(tcpwhy_${name} PRIVATE -fno-exceptions -fno-rtti)
  endif()
  set_property(GLOBAL APPEND PROPERTY TCPWHY_LAYERS tcpwhy_${name})
  if(TCPWHY_DEVELOPER AND tests)
    set_property(GLOBAL APPEND PROPERTY TCPWHY_UNIT_TESTS ${name})
    set_property(GLOBAL PROPERTY TCPWHY_UNIT_TESTS_${name} ${tests})
  endif()
endfunction()

# Makes an executable per layer with tests. It links that layer and those before it, and nothing
# to its right: an arrow that points the wrong way does not link.
function(tcpwhy_unit_tests)
  get_property(names GLOBAL PROPERTY TCPWHY_UNIT_TESTS)
  get_property(layers GLOBAL PROPERTY TCPWHY_LAYERS)
  foreach(name IN LISTS names)
    get_property(tests GLOBAL PROPERTY TCPWHY_UNIT_TESTS_${name})
    add_executable(${name}_test ${tests})
    list(FIND layers tcpwhy_${name} last)
    foreach(at RANGE ${last})
      list(GET layers ${at} layer)
      target_sources(${name}_test PRIVATE $<TARGET_OBJECTS:${layer}>)
      target_link_libraries(${name}_test PRIVATE ${layer})
    endforeach()
    target_link_libraries(${name}_test PRIVATE tcpwhy_build_options GTest::gmock_main)
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60)
  endforeach()
endfunction()
