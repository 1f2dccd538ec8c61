package newsroom_test

import (
	"fmt"
	"net/http"

	"attache/sources/newsroom"
)

func Example() {
	world := newsroom.New()
	client := &http.Client{Transport: world.Transport()}
	for _, path := range []string{"baku-energy-review.example/oil/2304", "levant-wire.example/wire.xml"} {
		resp, err := client.Get("https://" + path)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(path, resp.Status)
		if err := resp.Body.Close(); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// baku-energy-review.example/oil/2304 200 OK
	// levant-wire.example/wire.xml 503 Service Unavailable
}
