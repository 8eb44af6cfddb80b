package dev.signalbox.ops.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
   * @param endpoint of an OTLP collector (http/protobuf), e.g. {@code http://localhost:4318}; null
   *     for none
   */
  public static Telemetry begin(@Nullable String endpoint) {
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
    var tracers = SdkTracerProvider.builder().setResource(resource);
    if (endpoint == null) {
      // Ids for logs and journal, and the caller's wish passed on; nothing is recorded.
      tracers.setSampler(Sampler.parentBased(Sampler.alwaysOff()));
    } else {
      var base = endpoint.endsWith("/") ? endpoint : endpoint + "/";
      meters.registerMetricReader(
          PeriodicMetricReader.create(
              OtlpHttpMetricExporter.builder().setEndpoint(base + "v1/metrics").build()));
      tracers.addSpanProcessor(
          BatchSpanProcessor.builder(
                  OtlpHttpSpanExporter.builder().setEndpoint(base + "v1/traces").build())
              .setScheduleDelay(Duration.ofSeconds(1))
              .build());
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
