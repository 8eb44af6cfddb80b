package dev.signalbox.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressGuardTest {
  private static final String HOST = "hooks.example.com";

  private static boolean isAllowed(AddressGuard guard, String address) {
    return guard.objection(HOST, InetAddress.ofLiteral(address), true) == null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.0.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void an_address_that_is_not_public_is_refused(String address) {
    assertThat(isAllowed(AddressGuard.publicOnly(), address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "2606:4700::1111",
        "2001:4860::8888"
      })
  void a_public_address_is_called(String address) {
    assertThat(isAllowed(AddressGuard.publicOnly(), address)).isTrue();
  }

  @Test
  void a_block_is_allowed_up_to_its_borders() {
    var guard = AddressGuard.allowing(List.of("10.1.2.0/23", "fd00:1::/32", "192.168.0.7"));
    assertThat(List.of("10.1.2.0", "10.1.3.255", "::ffff:10.1.2.9", "fd00:1:ffff::", "192.168.0.7"))
        .allMatch(address -> isAllowed(guard, address));
    assertThat(List.of("10.1.1.255", "10.1.4.0", "fd00:2::", "192.168.0.8", "127.0.0.1"))
        .noneMatch(address -> isAllowed(guard, address));
  }

  @Test
  void a_host_is_allowed_wherever_it_is_but_not_at_the_metadata() {
    var guard = AddressGuard.allowing(List.of("Hooks.Example.com"));
    assertThat(isAllowed(guard, "10.0.0.1")).isTrue();
    assertThat(isAllowed(guard, "127.0.0.1")).isTrue();
    assertThat(isAllowed(guard, "169.254.169.254")).isFalse();
    assertThat(guard.objection("other.example.com", InetAddress.ofLiteral("10.0.0.1"), true))
        .isEqualTo(
            "other.example.com is at 10.0.0.1, which is not a public address;"
                + " maybe add it to allowedNetworks");
  }

  @Test
  void without_encryption_only_what_is_allowed_is_called() {
    var open = InetAddress.ofLiteral("1.1.1.1");
    assertThat(AddressGuard.publicOnly().objection(HOST, open, false))
        .isEqualTo(
            "hooks.example.com would be called without encryption;"
                + " maybe use https, or add it to allowedNetworks");
    assertThat(AddressGuard.allowing(List.of("1.1.1.1")).objection(HOST, open, false)).isNull();
    assertThat(AddressGuard.allowing(List.of(HOST)).objection(HOST, open, false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0/8/8", "::/129", "x/8"})
  void an_entry_that_is_nothing_is_named(String entry) {
    assertThatThrownBy(() -> AddressGuard.allowing(List.of(entry)))
        .hasMessageContaining("\"" + entry + "\" is no address");
  }
}
