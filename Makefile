# Everything a developer types. Tools are built once into bin/, at pinned versions.
GOLANGCI  := 2.15.0
GOVULN    := 1.9.0
BIN       := $(CURDIR)/bin

# PostgreSQL for the tests: the one ATTACHE_TEST_POSTGRES names, else one on this
# machine. The tests say in one line when there is none.
.PHONY: build test lint types vuln bench eval fuzz soak

build:
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o attache ./cmd/attache

# SQLite's translated code converts pointers at every step: checked, it takes three
# times as long, and it isn't what is tested.
test:
	@command -v gcc >/dev/null || command -v cc >/dev/null || { echo "make test: the race detector needs a C compiler (Debian: apt-get install gcc)"; exit 1; }
	go vet ./...
	CGO_ENABLED=1 go test -race -gcflags='modernc.org/...=-d=checkptr=0' -shuffle=on -timeout 20m ./...

lint: $(BIN)/golangci-lint-$(GOLANGCI)
	$< run ./...

# The golden payloads against the types of the platforms' own packages, pinned in
# .ci/types. Without node it is left out, but not where CI is set.
types:
	@command -v npm >/dev/null || { echo "make types: not checked: it needs node and npm (Debian: apt-get install nodejs npm)"; exit $${CI:+1}; }; \
	cd .ci/types && { cmp -s package-lock.json node_modules/.checked || { npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.checked; }; } && node check.mjs

vuln: $(BIN)/govulncheck-$(GOVULN)
	@$< ./... || { s=$$?; [ $$s = 3 ] && exit 3; echo "make vuln: not checked: govulncheck could not read its database at https://vuln.go.dev"; }

bench:
	go test -run '^$$' -bench . -benchmem ./...

# Workers killed at random, KILLS times on each database: what arrives, and how soon.
KILLS ?= 500
soak:
	go test ./bot -run '^TestSoak' -v -timeout 2h -soak $(KILLS)

# EVAL is a folder with labelled data/ and its scorers, tools/.
eval:
	@test -d "$(EVAL)/data" -a -d "$(EVAL)/tools" || { echo "make eval: name a folder that has data/ and tools/: make eval EVAL=DIR"; exit 1; }
	@command -v python3 >/dev/null || { echo "make eval: the scorers need python3"; exit 1; }
	@$(MAKE) --no-print-directory build
	@.ci/eval "$(EVAL)" ./attache

# FUZZTIME for each target in turn; seeds run with the tests.
FUZZTIME ?= 20s
fuzz:
	@for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$f"; go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg || exit 1; \
	  done; done

$(BIN)/golangci-lint-$(GOLANGCI):
	GOBIN=$(BIN)/tmp go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(GOLANGCI)
	mv $(BIN)/tmp/golangci-lint $@

$(BIN)/govulncheck-$(GOVULN):
	GOBIN=$(BIN)/tmp go install golang.org/x/vuln/cmd/govulncheck@v$(GOVULN)
	mv $(BIN)/tmp/govulncheck $@
