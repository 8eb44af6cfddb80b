package dev.signalbox.adapters.git;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;

/** A repository behind an ssh server, for whoever has one key. */
final class SshServed implements AutoCloseable {
  private final SshServer server = SshServer.setUpDefaultServer();
  private final SimpleGeneratorHostKeyProvider host;

  SshServed(Repository repository, PublicKey allowed, Path temporary) throws IOException {
    host = new SimpleGeneratorHostKeyProvider(temporary.resolve("host.key"));
    host.setAlgorithm(KeyUtils.EC_ALGORITHM);
    server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.setKeyPairProvider(host);
    server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, allowed));
    server.setCommandFactory((channel, command) -> new Upload(repository, command));
    server.start();
  }

  String url() {
    return "ssh://git@127.0.0.1:" + server.getPort() + "/rules.git";
  }

  /** A line of known_hosts that names it. */
  String known() throws IOException, GeneralSecurityException {
    var key = host.loadKeys(null).iterator().next().getPublic();
    return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n";
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  private static final class Upload extends AbstractCommandSupport {
    private final Repository repository;

    Upload(Repository repository, String command) {
      super(command, null);
      this.repository = repository;
    }

    @Override
    public void run() {
      try {
        new UploadPack(repository).upload(getInputStream(), getOutputStream(), getErrorStream());
        onExit(0);
      } catch (IOException e) {
        onExit(1, e.getMessage());
      }
    }
  }
}
