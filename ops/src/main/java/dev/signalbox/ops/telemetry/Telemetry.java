package dev.signalbox.ops.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry for this process. Metrics are always there for whoever asks; traces and metrics are
 * sent only where an endpoint is configured, and a collector that is away harms nothing.
 */
public final class Telemetry implements AutoCloseable {
  private final OpenTelemetrySdk sdk;
  private final PrometheusMetricReader page;

  private Telemetry(OpenTelemetrySdk sdk, PrometheusMetricReader page) {
    this.sdk = sdk;
    this.page = page;
  }

  /**
   * Begins.
   *
   * @param endpoint of an OTLP collector (gRPC); null for none
   */
  public static Telemetry begin(@Nullable String endpoint) {
    return begin(
        endpoint,
        endpoint == null
            ? null
            : BatchSpanProcessor.builder(
                    OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build())
                .build());
  }

  /** With a span processor of the caller's, for tests. */
  static Telemetry begin(@Nullable String endpoint, @Nullable SpanProcessor spans) {
    var resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("service.name"), "signalbox")));
    var page =
        PrometheusMetricReader.builder()
            .setOtelScopeLabelsEnabled(false)
            .setTargetInfoMetricEnabled(false)
            .build();
    var meters = SdkMeterProvider.builder().setResource(resource).registerMetricReader(page);
    if (endpoint != null) {
      meters.registerMetricReader(
          PeriodicMetricReader.create(
              OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).build()));
    }
    var tracers = SdkTracerProvider.builder().setResource(resource);
    if (spans != null) {
      tracers.addSpanProcessor(spans);
    }
    return new Telemetry(
        OpenTelemetrySdk.builder()
            .setMeterProvider(meters.build())
            .setTracerProvider(tracers.build())
            .build(),
        page);
  }

  public OpenTelemetry api() {
    return sdk;
  }

  /** The page for Prometheus. */
  public String page() {
    var bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(bytes, page.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    sdk.close();
  }
}
