package dev.signalbox.db;

import io.vertx.jdbcclient.impl.actions.JDBCColumnDescriptor;
import io.vertx.jdbcclient.impl.actions.SQLValueProvider;
import io.vertx.jdbcclient.spi.JDBCColumnDescriptorProvider;
import io.vertx.jdbcclient.spi.JDBCDecoder;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Takes column values as PostgreSQL's driver gives them. The JDBC client's own decoder asks for a
 * timestamptz in a form that the driver refuses, so each one costs an exception and its log line.
 * Public because the client finds it through {@link java.util.ServiceLoader}.
 */
public final class ColumnDecoder implements JDBCDecoder {

  @Override
  public @Nullable Object parse(
      ResultSet result, int column, JDBCColumnDescriptorProvider descriptors) throws SQLException {
    return cast(result.getObject(column));
  }

  @Override
  public @Nullable Object parse(
      CallableStatement call, int column, JDBCColumnDescriptorProvider descriptors)
      throws SQLException {
    return cast(call.getObject(column));
  }

  @Override
  public @Nullable Object decode(JDBCColumnDescriptor descriptor, SQLValueProvider values)
      throws SQLException {
    return cast(values.apply(null));
  }

  @Override
  public @Nullable Object cast(@Nullable Object value) throws SQLException {
    return value instanceof Array array ? array.getArray() : value;
  }
}
