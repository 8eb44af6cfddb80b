package dev.signalbox.db;

import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's own driver, set for a server that may go away and come back. */
final class DataSources {
  private static final int CONNECT_SECONDS = 5;
  private static final int CANCEL_SECONDS = 2;

  private DataSources() {}

  static PGSimpleDataSource of(DatabaseSettings settings) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.database());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setApplicationName("signalbox");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setCancelSignalTimeout(CANCEL_SECONDS);
    source.setSocketTimeout((int) Math.max(1, settings.socketTimeout().toSeconds()));
    source.setTcpKeepAlive(true);
    source.setPrepareThreshold(1);
    if (settings.role() != null) {
      source.setOptions("-c role=" + settings.role());
    }
    return source;
  }
}
