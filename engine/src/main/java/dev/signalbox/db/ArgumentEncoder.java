package dev.signalbox.db;

import io.vertx.core.json.JsonArray;
import io.vertx.jdbcclient.spi.JDBCColumnDescriptorProvider;
import io.vertx.jdbcclient.spi.JDBCEncoder;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Gives arguments to PostgreSQL's driver as {@link Tx} made them, without guessing from the types
 * of the statement. Public because the client finds it through {@link java.util.ServiceLoader}.
 */
public final class ArgumentEncoder implements JDBCEncoder {

  @Override
  public @Nullable Object encode(
      JsonArray arguments, int position, JDBCColumnDescriptorProvider descriptors) {
    return arguments.getValue(position - 1);
  }

  @Override
  public @Nullable Object encode(
      Tuple arguments, int position, JDBCColumnDescriptorProvider descriptors) {
    return arguments.getValue(position - 1);
  }
}
