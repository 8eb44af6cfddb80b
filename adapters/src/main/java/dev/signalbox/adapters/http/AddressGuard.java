package dev.signalbox.adapters.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be called. Whoever may set a target's URL, or owns its name, could otherwise
 * make this service speak to what only it can reach: the machine itself, its network, the cloud's
 * metadata. So only public addresses are called, and of the others those that the operator allows.
 *
 * <p>The blocks are those of IANA's special-purpose registries (RFC 6890), and 168.63.129.16, where
 * Azure answers its virtual machines.
 */
public final class AddressGuard {
  private static final List<Network> SPECIAL_V4 =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8", // private
              "100.64.0.0/10", // carrier-grade NAT
              "127.0.0.0/8", // loopback
              "169.254.0.0/16", // link-local, and the metadata of most clouds
              "172.16.0.0/12", // private
              "192.0.0.0/24", // protocol assignments
              "192.0.2.0/24", // documentation
              "192.88.99.0/24", // 6to4 relays
              "192.168.0.0/16", // private
              "198.18.0.0/15", // benchmarks
              "198.51.100.0/24", // documentation
              "203.0.113.0/24", // documentation
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, broadcast
              "168.63.129.16/32")
          .map(Network::parse)
          .toList();

  /** Outside it is loopback, unique-local, link-local, NAT64 and what nobody was given. */
  private static final Network PUBLIC_V6 = Network.parse("2000::/3");

  private static final List<Network> SPECIAL_V6 =
      Stream.of(
              "2001::/23", // protocol assignments, Teredo
              "2001:db8::/32", // documentation
              "2002::/16", // 6to4: IPv4 inside
              "3fff::/20") // documentation
          .map(Network::parse)
          .toList();

  private static final Network LINK_LOCAL = Network.parse("169.254.0.0/16");

  private final List<Network> networks;
  private final Set<String> hosts;

  private AddressGuard(List<Network> networks, Set<String> hosts) {
    this.networks = List.copyOf(networks);
    this.hosts = Set.copyOf(hosts);
  }

  /** Public addresses only. */
  public static AddressGuard publicOnly() {
    return new AddressGuard(List.of(), Set.of());
  }

  /**
   * Public addresses, and these.
   *
   * @param allowed addresses ({@code 10.1.2.3}), blocks ({@code 10.0.0.0/8}) or names of hosts,
   *     which may then be at any address but a link-local one
   * @throws IllegalArgumentException naming the entry that is none of them
   */
  public static AddressGuard allowing(List<String> allowed) {
    var networks = new ArrayList<Network>();
    var hosts = new HashSet<String>();
    for (var entry : allowed) {
      if (entry.matches("[0-9.]+(/.*)?") || entry.contains(":") || entry.contains("/")) {
        networks.add(network(entry));
      } else {
        hosts.add(entry.toLowerCase(Locale.ROOT));
      }
    }
    return new AddressGuard(networks, hosts);
  }

  private static Network network(String entry) {
    try {
      return Network.parse(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no address, block of addresses such as 10.0.0.0/8, or name of a host"
              .formatted(entry),
          e);
    }
  }

  /**
   * Why an address that a host was found at must not be called; null when it may be.
   *
   * @param encrypted without encryption only what is allowed by name or block is called
   */
  @Nullable String objection(String host, InetAddress address, boolean encrypted) {
    var bytes = Network.bytes(address);
    if (networks.stream().anyMatch(network -> network.contains(bytes))) {
      return null;
    }
    boolean allowedHost = hosts.contains(host.toLowerCase(Locale.ROOT));
    if (isSpecial(bytes) && (!allowedHost || LINK_LOCAL.contains(bytes))) {
      return "%s is at %s, which is not a public address; maybe add it to allowedNetworks"
          .formatted(host, address.getHostAddress());
    }
    if (!encrypted && !allowedHost) {
      return "%s would be called without encryption; maybe use https, or add it to allowedNetworks"
          .formatted(host);
    }
    return null;
  }

  private static boolean isSpecial(byte[] address) {
    return address.length == 4
        ? SPECIAL_V4.stream().anyMatch(network -> network.contains(address))
        : !PUBLIC_V6.contains(address)
            || SPECIAL_V6.stream().anyMatch(network -> network.contains(address));
  }
}
