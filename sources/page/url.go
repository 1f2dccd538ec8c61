package page

import (
	"net"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// tracking are the query parameters that say how a reader came to a page, not
// which page it is. Sources: the lists of ClearURLs
// (https://docs.clearurls.xyz/1.27.3/specs/rules/) and Firefox
// (https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/query-stripping).
func tracking(name string) bool {
	name = strings.ToLower(name)
	for _, prefix := range []string{"utm_", "at_", "pk_", "mtm_", "hsa_", "oly_", "vero_", "_hs", "icid", "ns_", "mc_", "stm_", "itm_", "sr_share"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains([]string{
		"fbclid", "gclid", "dclid", "gclsrc", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh", "wbraid", "gbraid", "srsltid",
		"cmpid", "cmp", "ocid", "xtor", "wt_mc", "wtmc", "wt.mc_id", "ito", "ncid", "smid", "smtyp", "emc",
		"ref", "referrer", "ref_src", "ref_url", "source", "src", "rss", "rssfeed", "ftag", "sref", "mkt_tok", "s_cid", "s_kwcid",
		"guccounter", "guce_referrer", "guce_referrer_sig", "amp", "__twitter_impression", "outputtype", "shared", "spm",
		"mbid", "cvid", "soc_src", "soc_trk", "traffic_source", "taid", "__source", "_ga", "_gl", "campaign_id",
	}, name)
}

// Canonical gives the one form of an article's URL by which it is told: the
// scheme and host in lower case, without default port, user and fragment,
// without tracking parameters, and without the marks of an AMP page. A URL that
// is not absolute http(s) comes back as it is, trimmed.
func Canonical(rawURL string) string {
	rawURL = strings.TrimSpace(rawURL)
	u, err := url.Parse(rawURL)
	if err != nil || u.Hostname() == "" {
		return rawURL
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return rawURL
	}
	u.Host = canonicalHost(u)
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.RawQuery = canonicalQuery(u.RawQuery)
	u.ForceQuery = false
	for dropAMP(u) {
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

func canonicalHost(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if rest, ok := strings.CutPrefix(host, "amp."); ok && strings.Contains(rest, ".") {
		host = "www." + rest
	}
	port := u.Port()
	if port == "" || port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		if strings.Contains(host, ":") {
			return "[" + host + "]"
		}
		return host
	}
	return net.JoinHostPort(host, port)
}

// canonicalQuery keeps the order and the spelling of what it keeps: some
// servers tell pages by them.
func canonicalQuery(query string) string {
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(name); err == nil {
			name = decoded
		}
		if pair != "" && !tracking(name) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// dropAMP takes one AMP mark off the path, and reports whether there was one:
// /amp/story, /story/amp, /story.amp.
func dropAMP(u *url.URL) bool {
	p := u.Path
	switch {
	case strings.HasSuffix(p, "/amp") || strings.HasSuffix(p, "/amp/"):
		p = strings.TrimSuffix(strings.TrimSuffix(p, "/"), "amp")
		if !strings.HasSuffix(u.Path, "/amp/") && len(p) > 1 {
			p = strings.TrimSuffix(p, "/")
		}
	case strings.HasPrefix(p, "/amp/") && len(p) > len("/amp/"):
		p = strings.TrimPrefix(p, "/amp")
	case strings.HasSuffix(p, ".amp"):
		p = strings.TrimSuffix(p, ".amp")
	case strings.HasSuffix(p, ".amp.html"):
		p = strings.TrimSuffix(p, ".amp.html") + ".html"
	default:
		return false
	}
	u.Path, u.RawPath = p, ""
	return true
}

// siteOf returns the registrable domain of a host, by the public suffix list;
// the host itself where it has none.
func siteOf(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return site
}

// hostName makes a name for an outlet of which only the host is known.
func hostName(host string) string {
	site := siteOf(host)
	label, _, _ := strings.Cut(site, ".")
	if label == "" || strings.Trim(label, "0123456789") == "" {
		return site
	}
	return strings.ToUpper(label[:1]) + label[1:]
}

// url is the article's address: what the page calls canonical, if that is on
// the same site and not its front page, else where it was found.
func (f *facts) url() string {
	own := Canonical(f.base.String())
	for _, raw := range []string{f.canonical, f.meta("og:url")} {
		u, err := f.base.Parse(strings.TrimSpace(raw))
		if raw == "" || err != nil || path.Clean("/"+u.Path) == "/" && u.RawQuery == "" {
			continue
		}
		if f.base.Host == "" && u.IsAbs() || siteOf(u.Hostname()) == siteOf(f.base.Hostname()) {
			return Canonical(u.String())
		}
	}
	return own
}
