package dev.signalbox.adapters.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host; may block. */
interface NameLookup {
  InetAddress[] addressesOf(String host) throws UnknownHostException;
}
