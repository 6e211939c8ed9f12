import { registerOtel } from '@medusajs/medusa';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';

/** Medusa calls this before anything else: its own spans, and those of a publish below them, go to a collector. */
export function register() {
  // The exporter reads this too: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  registerOtel({
    serviceName: 'lamp-shop',
    exporter: new OTLPTraceExporter(),
    instrument: { http: true, workflows: true },
  });
}
