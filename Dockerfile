# A static binary in an empty image: certificates and time zones are compiled in.
# Run it read-only, with a volume at /data:
#   docker run --read-only --tmpfs /tmp -v attache:/data attache demo
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /attache ./cmd/attache && mkdir /data /tmp/empty

FROM scratch
COPY --from=build /attache /attache
COPY --from=build --chown=65532:65532 /data /data
COPY --from=build --chown=65532:65532 --chmod=1777 /tmp/empty /tmp
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/attache"]
CMD ["--help"]
